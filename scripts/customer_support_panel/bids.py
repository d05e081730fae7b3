"""The six bids: what each vendor wrote on each question, and its price."""

PATHS = ("quality.approach", "quality.security", "quality.people", "quality.continuity")
PRICES = {
    "Aurora Service": 6_840_000,
    "Borealis Contact": 6_420_000,
    "Cygnus Assist": 7_150_000,
    "Dorado Dialogue": 5_690_000,
    "Eridanus Care": 6_980_000,
    "Fornax Response": 5_480_000,
}
ANSWERS = {
    "Aurora Service": (
        (
            "Four waves over 14 weeks, each with a parallel run of two weeks and a named "
            "manager. If a wave misses its test, the next one waits and we pay the double "
            "running (proposal, p. 12)."
        ),
        (
            "Agents see masked records through a virtual desktop. An alarm on unusual reading"
            " goes to our centre day and night; we report within 24 hours (p. 19)."
        ),
        (
            "We hire in Porto and Lisbon, train for six weeks, and lost 21 % of agents last "
            "year. Team leaders come from the account itself (p. 24)."
        ),
        (
            "Two sites, each able to take 60 % of calls. The platform runs in two regions and"
            " was switched over in March, in 11 minutes, for Harlan Retail (p. 29)."
        ),
    ),
    "Borealis Contact": (
        (
            "Three waves over 12 weeks with a joint board every week. Each wave ends with a "
            "test that you sign. A slip of over five days costs us 2 % of the month (p. 8)."
        ),
        (
            "Named agents, two factors, no local storage. Access is reviewed every quarter. A"
            " breach is reported within 48 hours; the last exercise was in May (p. 15)."
        ),
        (
            "Hiring in Gdansk and Lodz. Five weeks of training with an exam. 27 % of agents "
            "left last year; those on accounts over two years old, 18 % (p. 18)."
        ),
        (
            "One site and home working for all agents. Calls move to homes within 30 minutes;"
            " tested twice a year with results attached (p. 22)."
        ),
    ),
    "Cygnus Assist": (
        (
            "A team of ten comes to you for eight weeks, then two waves. We did this for Tarn"
            " Mobile in 2025 and for Olive Bank in 2026, on the day agreed (p. 9 to 11)."
        ),
        (
            "Agents work in a locked room without telephones of their own. Data stay on your "
            "systems. We report what we notice without delay (p. 14)."
        ),
        (
            "Training takes four weeks. Agents stay 31 months on average; an outside survey "
            "of 2026 is attached, with the accounts it covers (p. 17)."
        ),
        (
            "Two sites in one city with separate power. Batteries for eight hours. The "
            "contract with the second carrier is attached (p. 21)."
        ),
    ),
    "Dorado Dialogue": (
        (
            "We take over in six weeks. Your staff explain the work to ours by video, and we "
            "begin with all contacts on one day (p. 5)."
        ),
        (
            "We are certified to ISO 27001. Agents sign a promise of secrecy. A breach is "
            "reported to our management (p. 7)."
        ),
        (
            "Rabat has many graduates who speak French and Spanish. We train for three weeks "
            "and pay a bonus after a year (p. 9)."
        ),
        "A second site opens in 2028. Until then a partner would take urgent calls (p. 10).",
    ),
    "Eridanus Care": (
        (
            "Fourteen weeks in four steps, with a plan by day and by role, and acceptance "
            "tests that we used for Norden Post in 2025; results attached (p. 6 to 14)."
        ),
        (
            "A virtual desktop with masking, recorded sessions and rules that flag unusual "
            "searches. We report within 24 hours and show three exercises with their findings"
            " (p. 16)."
        ),
        (
            "Hiring with two universities in Iasi. Six weeks of training. 19 % left in 2026; "
            "the register is open to you (p. 20)."
        ),
        (
            "Two cities, each able to take 80 % of calls, switched over every quarter; the "
            "last four protocols are attached (p. 24)."
        ),
    ),
    "Fornax Response": (
        (
            "Ten weeks. A manager is named in the contract. Milestones are listed; what "
            "follows if one slips is to be agreed (p. 4)."
        ),
        (
            "Agents use your system with your accounts. Screens are watched by team leaders. "
            "Reports of breaches follow your own rules (p. 6)."
        ),
        (
            "Agents work from home in three countries. Training is online for four weeks, "
            "with a coach for ten agents (p. 8)."
        ),
        "With agents at home no site can fail. The platform promises 99.9 % a month (p. 9).",
    ),
}
FINDINGS = {
    "Aurora Service": (
        ("waves with parallel runs, and who pays if one slips, p. 12", "no client shows it worked"),
        ("masked records and an alarm that works at night, p. 19", "no exercise is shown"),
        ("hiring, six weeks of training and a rate of 21 %, p. 24", "the rate has no source"),
        ("two sites and a switch in 11 minutes for Harlan Retail, p. 29", "40 % would wait"),
    ),
    "Borealis Contact": (
        ("weekly board, signed tests and a penalty for a slip, p. 8", "no client is named"),
        ("two factors, quarterly reviews and an exercise in May, p. 15", "48 hours are long"),
        ("exam, and rates of 27 % and 18 % by age of account, p. 18", "little on keeping people"),
        ("calls move to homes in 30 minutes, two tests attached, p. 22", "one site alone"),
    ),
    "Cygnus Assist": (
        ("ten people on site, done for Tarn Mobile and Olive Bank, p. 9 to 11", "no penalty"),
        ("a locked room and data on our systems, p. 14", "no time limit for a report"),
        ("31 months on average and an outside survey, p. 17", "training is short"),
        ("two sites, batteries and a second carrier, p. 21", "both sites are in one city"),
    ),
    "Dorado Dialogue": (
        ("six weeks and explanations by video, p. 5", "all on one day, and no way back"),
        ("a certificate and a promise of secrecy, p. 7", "no means to notice a breach"),
        ("three weeks of training and a bonus, p. 9", "no figure on how long people stay"),
        ("a site that opens in 2028, p. 10", "nothing is in place today"),
    ),
    "Eridanus Care": (
        ("a plan by day and role, tests used for Norden Post, p. 6 to 14", "14 weeks are long"),
        ("recorded sessions, rules and three exercises, p. 16", "nothing material is lacking"),
        ("19 % in 2026 with an open register, p. 20", "no client is named for it"),
        ("two cities and four protocols of switches, p. 24", "20 % of calls would wait"),
    ),
    "Fornax Response": (
        ("a named manager and milestones, p. 4", "what follows a slip is left open"),
        ("team leaders watch screens, p. 6", "the report of a breach is left to us"),
        ("a coach for ten agents and online training, p. 8", "no figure on keeping agents"),
        ("agents at home and 99.9 % a month, p. 9", "no second platform and no test"),
    ),
}
"""On each question what a reader finds, with its page, and what is lacking."""
