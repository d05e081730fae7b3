"""What an evaluator who has never seen the tool must know, on one page."""

GUIDE = (
    (
        "What you do",
        (
            "Declare your interests first, if your workbook has a sheet \u201cDeclarations\u201d.",
            "Read your part of every proposal alone, before you speak with anybody about it.",
            "On the sheet \u201cScores\u201d, give a level to each vendor on each question.",
            "Save the workbook under its name and send it back to the person who sent it to you.",
        ),
    ),
    (
        "How to give a level",
        (
            "Read first, on the sheet \u201cScale\u201d, what each level asks.",
            "Take the highest level whose words the proposal meets. Half levels do not exist.",
            "Judge what the proposal says, not what you know of the vendor from elsewhere.",
            "Judge each vendor against the words of the scale, not against the other vendors.",
            "Read one question of all vendors, then the next question of all vendors.",
        ),
    ),
    (
        "How to write a comment",
        (
            "Say what you found and where: a page of the proposal, or a cell of its workbook.",
            "Say what the level asks, what is there of it, and what is lacking for the next level.",
            "Write about this vendor alone. Name no other vendor, and no price.",
            "Two different levels cannot have the same comment.",
        ),
    ),
    (
        "If you change your mind",
        (
            "Change the level or the comment, and give the reason in the column next to it.",
            "Your earlier mark is kept. Nothing is erased.",
        ),
    ),
    (
        "What becomes of it",
        (
            "Where marks lie apart, the panel meets. It agrees one level, with a reason.",
            "No total and no ranking is shown to anybody before all levels are locked.",
            "The vendor is given the agreed level and the agreed reason.",
        ),
    ),
    (
        "What is recorded, who sees it, and for how long",
        (
            "A log records your id, your levels, your comments, your changes and their dates.",
            "The moderator, the chair and auditors see them. Your name is kept in a separate file.",
            "What an interest is stands in a separate file; the report shows its kind and measure.",
            "They are kept for as long as the procurement file is kept.",
            "Your notes may have to be disclosed, in a review or to a court. Write accordingly.",
        ),
    ),
)
"""Each heading with its sentences."""
