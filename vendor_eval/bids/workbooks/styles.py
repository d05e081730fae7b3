"""How cells look by their style: struck out or not, and the colours of text and background.

ECMA-376 part 1, sections 18.8 (styles) and 20.1.6 (the theme's colours).
"""

import colorsys
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.styles.colors import COLOR_INDEX

from vendor_eval.bids.workbooks.package import OFFICE, STRICT, Package
from vendor_eval.rules.estimates import WRITTEN

DRAWING = (f"{OFFICE}drawingml/2006/main", f"{STRICT}drawingml/main")
THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""The theme's colours by their numbers: the light ones first, as programs count them."""
HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
UNSEEN = 24
"""How far apart, of 255, each part of two colours may be for text that nobody can make out."""

TINY = 4
"""Points from which on a font can be made out."""

ALIGNED = "styleSheet/cellXfs/xf"
FILLS = ("styleSheet/fills/fill/patternFill", "styleSheet/fills/fill/gradientFill")

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a style shows a text; a colour is None where it is not known or not one alone."""

    struck: bool = False
    ink: Colour | None = BLACK
    paper: Colour | None = WHITE
    faint: bool = False
    """Whether its text cannot be made out on its background."""
    repeated: bool = False
    """Whether its text is shown over and over, as often as the cell has room."""


PLAIN = Look()
"""Black on white, and nothing else."""
NAMED: Mapping[str, Colour] = {
    **{"black": BLACK, "white": WHITE, "red": (255, 0, 0), "green": (0, 255, 0)},
    **{"blue": (0, 0, 255), "yellow": (255, 255, 0), "magenta": (255, 0, 255)},
    **{"cyan": (0, 255, 255)},
}
"""The colours that number formats name (18.8.31)."""


@dataclass(frozen=True)
class Palette:
    """The colours that a workbook names by a number."""

    theme: Mapping[str, Colour] = field(default_factory=dict)
    indexed: Sequence[str] = COLOR_INDEX

    def colour(self, named: Attributes | None, default: Colour) -> Colour | None:
        """The colour that an element names; None where it names none that is known."""
        if named is None or named.get("auto") in ("1", "true"):
            return default
        if "rgb" in named:
            return _rgb(named["rgb"])
        if "theme" in named:
            number = _number(named["theme"], len(THEME))
            base = None if number is None else self.theme.get(THEME[number])
            return None if base is None else _tinted(base, named.get("tint", "0"))
        if "indexed" in named:
            if named["indexed"] in ("64", "65"):
                return BLACK if named["indexed"] == "64" else WHITE
            number = _number(named["indexed"], len(self.indexed))
            return None if number is None else _rgb(self.indexed[number])
        return default

    def of_format(self, named: str) -> Colour | None:
        """The colour that a number format names, as "white" or "color 2"; None if not known."""
        number = re.fullmatch("colou?r ?([0-9]{1,2})", named)
        if number is None:
            return NAMED.get(named)
        at = int(number[1]) + 7  # the first eight of the list are there twice
        return _rgb(self.indexed[at]) if at < len(self.indexed) else None


@dataclass(frozen=True, slots=True)
class ConditionalLook:
    """What a conditional format changes; no colour where it leaves it, or it is not known."""

    changes: bool = False
    """Whether it strikes out, shows a number in another way, or shows no value at all."""
    ink: Colour | None = None
    papers: tuple[Colour, ...] = ()

    def hides(self, look: Look) -> bool:
        """Whether nobody can make out a text of some look where the condition holds."""
        ink = self.ink or look.ink
        coloured = self.ink is not None or bool(self.papers)
        return self.changes or any(
            unseen(ink, paper) for paper in self.papers or (look.paper,) if coloured
        )


@dataclass(frozen=True)
class Styles:
    """The looks of a workbook's cell styles and its conditional formats, by their numbers."""

    looks: Sequence[Look] = ()
    conditions: Sequence[ConditionalLook] = ()
    palette: Palette = field(default_factory=Palette)

    def look(self, number: int) -> Look:
        """How a cell of a style looks; as nothing special where there is no such style."""
        return self.looks[number] if number < len(self.looks) else PLAIN


def unseen(ink: Colour | None, paper: Colour | None) -> bool:
    """Whether a text in one colour cannot be made out on another."""
    known = ink is not None and paper is not None
    return known and all(abs(a - b) <= UNSEEN for a, b in zip(ink or (), paper or (), strict=True))


def is_on(attributes: Attributes) -> bool:
    """Whether an element such as `strike` says yes, as it does without a value."""
    return attributes.get("val", "1") in ("1", "true")


def is_tiny(size: str) -> bool:
    """Whether a font of a stated size, in points, is too small to be made out."""
    return bool(WRITTEN.fullmatch(size)) and len(size) < 40 and float(size) < TINY


def cell_styles(package: Package, part: str | None, theme: str | None) -> Styles:
    """How every cell style of a workbook looks."""
    if part is None:
        return Styles()
    fonts: list[dict[str, Attributes]] = []
    fills: list[dict[str, Attributes]] = []
    named: list[Attributes] = []
    used: list[Attributes] = []
    indexed: list[str] = []
    conditional: list[dict[str, Attributes]] = []
    for event, path, element in package.elements(part):
        if event == "end":
            continue
        parent, _, name = path.removeprefix("styleSheet/").rpartition("/")
        if path == "styleSheet/fonts/font":
            fonts.append({})
        elif path == "styleSheet/fills/fill":
            fills.append({})
        elif parent == "fonts/font" and name in ("strike", "color", "sz"):
            fonts[-1][name] = dict(element.attrib)
        elif parent == "fills/fill/patternFill" or path in FILLS:
            fills[-1][name] = dict(element.attrib)
        elif (parent, name) in (("cellStyleXfs", "xf"), ("cellXfs", "xf")):
            (named if parent == "cellStyleXfs" else used).append(dict(element.attrib))
        elif path == f"{ALIGNED}/alignment" and used:
            used[-1] = {**used[-1], "horizontal": element.get("horizontal", "")}
        elif path == "styleSheet/dxfs/dxf":
            conditional.append({})
        elif path.startswith("styleSheet/dxfs/dxf/"):
            conditional[-1][path.removeprefix("styleSheet/dxfs/dxf/")] = dict(element.attrib)
        elif path == "styleSheet/colors/indexedColors/rgbColor":
            indexed.append(element.get("rgb", ""))
    palette = Palette(_theme(package, theme), indexed or COLOR_INDEX)
    looks = [_look(_whole_style(each, named), fonts, fills, palette) for each in used]
    return Styles(looks, [_condition(parts, palette) for parts in conditional], palette)


def _condition(parts: Mapping[str, Attributes], palette: Palette) -> ConditionalLook:
    """What a conditional format changes; its fills, unlike a cell's, are of the colour behind."""
    struck = "font/strike" in parts and is_on(parts["font/strike"])
    tiny = is_tiny(parts.get("font/sz", {}).get("val", ""))
    ink = palette.colour(parts["font/color"], BLACK) if "font/color" in parts else None
    fill = "fill/patternFill"
    solid = parts.get(fill, {}).get("patternType", "solid") == "solid"
    behind = parts.get(f"{fill}/bgColor", parts.get(f"{fill}/fgColor"))
    paper = palette.colour(behind, WHITE) if solid and behind is not None else None
    return ConditionalLook(struck or tiny or "numFmt" in parts, ink, (paper,) if paper else ())


def _whole_style(style: Attributes, named: Sequence[Attributes]) -> Attributes:
    """A cell's style with what it leaves to the named style that it is made from."""
    number = _number(style.get("xfId", "0"), len(named))
    return style if number is None else {**named[number], **style}


def _look(
    style: Attributes,
    fonts: Sequence[Mapping[str, Attributes]],
    fills: Sequence[Mapping[str, Attributes]],
    palette: Palette,
) -> Look:
    font_number = _number(style.get("fontId", "0"), len(fonts))
    fill_number = _number(style.get("fillId", "0"), len(fills))
    font = {} if font_number is None else fonts[font_number]
    fill = {} if fill_number is None else fills[fill_number]
    struck = "strike" in font and is_on(font["strike"])
    pattern = fill.get("patternFill", {}).get("patternType", "none")
    paper: Colour | None = WHITE
    if pattern != "none" or "gradientFill" in fill:
        solid = pattern == "solid" and "fgColor" in fill
        paper = palette.colour(fill["fgColor"], WHITE) if solid else None
    ink = palette.colour(font.get("color"), BLACK)
    tiny = is_tiny(font.get("sz", {}).get("val", ""))
    repeated = style.get("horizontal") == "fill"
    return Look(struck, ink, paper, unseen(ink, paper) or tiny, repeated)


def _theme(package: Package, part: str | None) -> Mapping[str, Colour]:
    """The theme's colours by name."""
    colours: dict[str, Colour] = {"lt1": WHITE, "dk1": BLACK}
    if part is None or part not in package.names:
        return colours
    scheme = "theme/themeElements/clrScheme/"
    for event, path, element in package.elements(part, DRAWING):
        name, _, kind = path.removeprefix(scheme).partition("/")
        if event == "start" and path.startswith(scheme) and kind in ("srgbClr", "sysClr"):
            stated = element.get("val" if kind == "srgbClr" else "lastClr", "")
            colour = _rgb(stated)
            if colour is not None:
                colours[name] = colour
    return colours


def _rgb(stated: str) -> Colour | None:
    match = HEX.fullmatch(stated)
    if match is None:
        return None
    red, green, blue = bytes.fromhex(match[1])
    return red, green, blue


def _tinted(colour: Colour, stated: str) -> Colour | None:
    """A colour made lighter or darker, by -1 to 1 (section 18.8.3)."""
    if not WRITTEN.fullmatch(stated) or len(stated) > 40:
        return None
    tint = max(-1.0, min(1.0, float(stated)))
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, light, full))
    return red, green, blue


def _number(stated: str, below: int) -> int | None:
    """A number of a list; None where it is none."""
    number = int(stated) if re.fullmatch("[0-9]{1,6}", stated) else below
    return number if number < below else None
