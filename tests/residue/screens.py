# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen of the kiosk as a scenario that ends there, held, with CANARY typed on the way.

Screens before the first question are reached backwards, so that the session holds an answer there too. Not here are the screens on
which nobody has begun: not yet open, closed, out of order.
"""

LONG = "What should the committee know about the London Ambulance Service and its new strategy?"
QUESTIONS = ["How is LAS performing in delivering emergency care, and how can this be improved?",
             "How is LAS performing in coordinating urgent and emergency care across the system, and how can this be improved?",
             "How should LAS deliver on its ambition of recruiting 600 paramedics from within London?",
             "How should LAS strengthen its working environment, for example rewarding careers, inclusive culture, wellbeing and "
             "leadership?",
             "How should LAS best work with health and local authority partners to improve care, such as sharing data, co-producing "
             "pathways and supporting frequent callers."]


def tap(role, name):
    return f'tap {role} "{name}"\n'


def see(role, name):
    return f'expect {role} "{name}"\n'


def write(name, text):
    return f'type text_field "{name}" "{text}"\n'


HOLD = "hold here\n"
NEXT = tap("button", "Next")
BACK = tap("button", "Back")
HELP = tap("button", "Help") + see("heading", "Help")
BEGUN = tap("button", "Start") + NEXT + tap("button", "I understand, continue") + see("heading", "Who are you answering as?")
FIRST = BEGUN + tap("radio", "For an organisation") + write("Name of the organisation", "The CANARY Society")
NOTICE = FIRST + BACK + see("heading", "Before you start")
ERASED = (FIRST + tap("button", "Stop and erase") + tap("button", "Yes, stop and erase") +
          see("heading", "Your answers are erased"))

LINK = BEGUN + tap("radio", "For myself") + NEXT + see("heading", "Your link with the London Ambulance Service (LAS)")
THEMES = LINK + NEXT + see("heading", "Which themes matter most to you?")
PAGES = [THEMES + NEXT + see("heading", QUESTIONS[0])]
IMPROVED = write("How can this be improved?", "Ask CANARY.\\nThey know: CANARY.")
PAGES.append(PAGES[0] + IMPROVED + NEXT + see("heading", QUESTIONS[1]))
PAGES.append(PAGES[1] + IMPROVED + NEXT + see("heading", QUESTIONS[2]))
PAGES.append(PAGES[2] + write("Tell us more in your own words", "Not before CANARY agrees") + NEXT + see("heading", QUESTIONS[3]))
PAGES.append(PAGES[3] + NEXT + see("heading", QUESTIONS[4]))
ABOUT = PAGES[4] + NEXT + see("heading", "About you")
CONTACT = (ABOUT + NEXT + see("heading", "Your contact details") + write("Your name", "Ada CANARY") +
           write("E-mail address or phone number", "ada@CANARY.example"))
QUOTATION = CONTACT + NEXT + see("heading", "May the committee quote you?")

SHORT = FIRST + tap("radio", "One open question, about 1 minute") + NEXT + NEXT + write(LONG, "Deaf people can't ring CANARY.")
CHECK = (SHORT + NEXT + tap("radio", "Do not quote me") + NEXT + see("heading", "Check your answers"))
SENT = CHECK + tap("button", "Send my answers") + see("heading", "Thank you")

SCREENS = {
    "language": NOTICE + BACK + see("heading", "Language and display") + HOLD,
    "notice": NOTICE + HOLD,
    "under-18": NOTICE + tap("button", "I am under 18") + see("heading", "If you are under 18") + HOLD,
    "answering-as": FIRST + HOLD,
    "keyboard": FIRST + tap("text_field", "Name of the organisation") + see("key", "Done") + HOLD,
    "link": FIRST + NEXT + HOLD,
    "choice-list": FIRST + NEXT + tap("select", "Which borough do you live in?") + see("radio", "Lambeth") + HOLD,
    "themes": FIRST + NEXT + NEXT + see("heading", "Which themes matter most to you?") + HOLD,
    "question-1": PAGES[0] + IMPROVED + HOLD,
    "question-2": PAGES[1] + IMPROVED + HOLD,
    "question-3": PAGES[2] + write("Tell us more in your own words", "Not before CANARY agrees") + HOLD,
    "question-4": PAGES[3] + HOLD,
    "question-5": PAGES[4] + HOLD,
    "about-you": ABOUT + HOLD,
    "contact": CONTACT + HOLD,
    "quotation": QUOTATION + HOLD,
    "quotation-problem": QUOTATION + NEXT + see("alert", "There is a problem") + HOLD,
    "short-path": SHORT + HOLD,
    "check": CHECK + HOLD,
    "change": CHECK + tap("button", "Change: " + LONG) + write(LONG, "!") + HOLD,
    "sending": CHECK + "hold outbox\n" + tap("button", "Send my answers"),
    "save-failed": CHECK + "hold outbox\n" + tap("button", "Send my answers") +
    see("heading", "Your answers could not be saved yet") + HOLD,
    "receipt": SENT + HOLD,
    "finished": SENT + tap("button", "Finish and clear the screen") + see("button", "Start") + HOLD,
    "help": FIRST + HELP + HOLD,
    "languages": FIRST + tap("button", "English") + see("heading", "Change language") + HOLD,
    "accessibility": FIRST + tap("button", "Accessibility") + see("heading", "Accessibility") + HOLD,
    "curtain": FIRST + HELP + tap("button", "Cover the screen") + see("heading", "Your answers are hidden") + HOLD,
    "confirm-stop": FIRST + tap("button", "Stop and erase") + see("dialog", "Stop and erase your answers?") + HOLD,
    "idle-warning": FIRST + "advance 91\n" + see("dialog", "Are you still there?") + HOLD,
    "idle-wiped": FIRST + "advance 91\nadvance 31\n" + see("button", "Start") + HOLD,
    "erased": ERASED + HOLD,
    "declined": NOTICE + tap("button", "No thanks") + see("heading", "That is fine") + HOLD,
}
