"""What an evaluator who has never seen the tool must know, on one page."""

GUIDE = (
    (
        "What you do",
        (
            "If your workbook has a sheet \u201cDeclarations\u201d, declare your interests first.",
            "Read your part of every proposal alone, before you discuss it with anybody.",
            "On the sheet \u201cScores\u201d, give a level to each vendor on each question.",
            "Save the workbook under the same name and return it to the person who sent it.",
        ),
    ),
    (
        "How to give a level",
        (
            "First read what each level asks, on the sheet \u201cScale\u201d.",
            "Take the highest level whose words the proposal meets. Half levels do not exist.",
            "Judge what the proposal says, not what you know about the vendor from elsewhere.",
            "Judge each vendor against the words of the scale, not against the other vendors.",
            "Read the answers of all vendors to one question, then to the next question.",
        ),
    ),
    (
        "How to write a comment",
        (
            "Say what you found and where: a page of the proposal, or a cell of its workbook.",
            "Say what the level asks, what the proposal meets, and what the next level would need.",
            "Write about this vendor only. Do not mention another vendor or a price.",
            "Do not use the same comment for two different levels.",
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
        "What happens next",
        (
            "If marks are far apart, the panel meets. It agrees one level, with a reason.",
            "Nobody sees a total or a ranking before all levels are locked.",
            "The vendor receives the agreed level and the agreed reason.",
        ),
    ),
    (
        "What is recorded, who sees it, and for how long",
        (
            "A log records your id, your levels, your comments, your changes and their dates.",
            "The moderator, the chair and auditors see them. Your name is kept in a separate file.",
            "Details of an interest are in a separate file; the report shows its kind and measure.",
            "All of this is kept for as long as the procurement file.",
            "Your notes may have to be disclosed, in a review or to a court. Write accordingly.",
        ),
    ),
)
"""Each heading with its sentences."""
