"""Writes school.xlsx, the sample school of the demonstration: every person in it is made up.

    python3 make_school.py [FILE]

The same run always gives the same school (seeded); openpyxl is all it needs.
"""

import datetime as dt
import io
import random
import re
import sys
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

rng = random.Random(2026)
D = dt.date

# --- Staff: code, surname, name, patronymic, roles -------------------------------------------------------------
STAFF = [
    ("с1", "Смирнова", "Елена", "Викторовна", ""),
    ("с2", "Орлова", "Наталья", "Сергеевна", ""),
    ("с3", "Фролов", "Андрей", "Игоревич", ""),
    ("с4", "Фомина", "Татьяна", "Алексеевна", ""),
    ("с5", "Гусев", "Роман", "Павлович", ""),
    ("с6", "Титов", "Виктор", "Анатольевич", ""),
    ("с7", "Зуева", "Марина", "Константиновна", ""),
    ("с8", "Белых", "Людмила", "Николаевна", ""),
    ("с9", "Мельникова", "Ирина", "Юрьевна", ""),
    ("с10", "Осипов", "Денис", "Олегович", ""),
    ("с11", "Крылова", "Алёна", "Дмитриевна", ""),
    ("с12", "Пак", "Сергей", "Витальевич", ""),
    ("с13", "Савельева", "Ольга", "Борисовна", "администратор"),
    ("с14", "Воронцов", "Михаил", "Евгеньевич", "директор"),
    ("с15", "Артемьева", "Галина", "Степановна", "руководитель ступени 5–9"),
    ("с16", "Лукина", "Вера", "Андреевна", "секретарь"),
    ("с17", "Хан", "Илья", "Романович", "оператор"),
    ("с18", "Дорофеева", "Жанна", "Леонидовна", ""),
]

# --- Classes and pupils ----------------------------------------------------------------------------------------
TUTORS = {"3Б": "с9", "7А": "с1", "7Б": "с4", "10А": "с6"}
BORN = {"3Б": 2017, "7А": 2013, "7Б": 2013, "10А": 2010}
PUPILS = {
    "3Б": """Алексеев Марк; Беляева Ульяна; Быкова Милана; Волков Пётр; Герасимов Лев; Гончарова Ева; Дёмин Фёдор;
        Жданова Злата; Журавлёва Василиса; Захаров Тимур; Калинин Глеб; Ким Диана; Комарова Агата; Котов Степан;
        Кравцов Платон; Кравцова Полина; Ларина Арина; Макаров Ярослав; Медведева Стефания; Никитин Арсений;
        Смирнов Матвей; Тарасова Кира; Цой Роберт""",
    # The grid of the screens: this class stays as it is, in this order.
    "7А": """Абрамов Даниил; Белова Ксения; Васильев Илья; Волкова Анна; Григорьев Максим; Егорова Полина;
        Зайцев Никита; Иванов Алексей; Иванов Павел; Ким Михаил; Козлова Елизавета; Кузнецов Роман; Лебедева Ольга;
        Ли Александр; Морозов Семён; Новикова Варвара; Орлов Григорий; Павлова Таисия; Петрова София; Попов Дмитрий;
        Семёнова Любовь; Сидоров Кирилл; Соколова Яна; Фёдоров Богдан; Яковлева Надежда""",
    "7Б": """Андреева Вероника; Богданов Артём; Виноградова Алиса; Гаврилов Егор; Громова Дарья; Давыдов Тимофей;
        Ефимова Мария; Ильин Владислав; Карпова Екатерина; Киселёв Ярослав; Кузьмина Виктория; Логинов Андрей;
        Мартынова Софья; Назаров Иван; Поляков Денис; Римская-Корсакова Лидия; Рыбаков Константин; Степанова Анастасия;
        Титова Маргарита; Филиппов Георгий; Чернова Юлия; Шевцов Антон; Щербакова Инна""",
    "10А": """Афанасьев Вадим; Борисова Евгения; Власов Игорь; Д'Агостино Марко; Денисова Ангелина; Ершов Станислав;
        Зимина Кристина; Исаев Руслан; Королёва Валерия; Лазарев Олег; Маслова Светлана; Носов Борис; Пономарёва Алина;
        Родионов Виталий; Селезнёва Карина; Тихонов Леонид; Ушакова Нина; Федотов Евгений; Шубина Лилия""",
}
MEN = ["Алексей", "Андрей", "Виктор", "Владимир", "Дмитрий", "Евгений", "Игорь", "Константин", "Максим", "Николай",
       "Олег", "Павел", "Сергей", "Юрий"]
WOMEN = ["Анна", "Вера", "Дарья", "Екатерина", "Елена", "Ирина", "Ксения", "Людмила", "Марина", "Мария", "Надежда",
         "Наталья", "Оксана", "Светлана", "Татьяна", "Юлия"]
HIS = {"Алексей": "Алексеевич", "Андрей": "Андреевич", "Виктор": "Викторович", "Владимир": "Владимирович",
       "Дмитрий": "Дмитриевич", "Евгений": "Евгеньевич", "Игорь": "Игоревич", "Константин": "Константинович",
       "Максим": "Максимович", "Николай": "Николаевич", "Олег": "Олегович", "Павел": "Павлович",
       "Сергей": "Сергеевич", "Юрий": "Юрьевич"}
BOYS_IN_A = {"Илья", "Никита"}


def hers(patronymic):
    return patronymic[:-2] + "на"


def is_girl(name):
    return name[-1] in "аяь" and name not in BOYS_IN_A and name not in {"Игорь", "Лев"}


def feminine(surname):
    """Her surname, from his."""
    if "-" in surname:
        return "-".join(map(feminine, surname.split("-")))
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    return surname[:-2] + "ая" if surname.endswith("ий") else surname


def masculine(surname):
    if "-" in surname:
        return "-".join(map(masculine, surname.split("-")))
    if surname.endswith("ская"):
        return surname[:-2] + "ий"
    if surname.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return surname[:-1]
    return surname


def families():
    """Pupils and parents: one or two parents a pupil, a few with none yet; some families are made by hand."""
    pupils, parents = [], []
    by_name, number = {}, 0
    for class_name, text in PUPILS.items():
        for full in text.split(";"):
            number += 1
            surname, name = full.split()
            day = D(BORN[class_name], 1, 1) + dt.timedelta(days=rng.randrange(0, 360))
            father = rng.choice(MEN)
            by_name[full.strip()] = len(pupils)
            pupils.append([f"п{number}", surname, name, hers(HIS[father]) if is_girl(name) else HIS[father], day,
                           class_name, father])
    twins = [by_name["Кравцов Платон"], by_name["Кравцова Полина"]]
    one, other = (pupils[at] for at in twins)
    other[4], other[6], other[3] = one[4], one[6], hers(HIS[one[6]])
    volkova, pyotr = pupils[by_name["Волкова Анна"]], pupils[by_name["Волков Пётр"]]
    volkova[6] = pyotr[6] = "Сергей"
    volkova[3], pyotr[3] = "Сергеевна", "Сергеевич"
    matvey = pupils[by_name["Смирнов Матвей"]]
    matvey[3], matvey[6] = "Андреевич", "Андрей"
    pupils[by_name["Д'Агостино Марко"]][3] = ""

    code = lambda full: pupils[by_name[full]][0]
    by_hand = [
        ("с1", "Смирнова", "Елена", "Викторовна", code("Смирнов Матвей")),
        ("р1", "Волкова", "Ольга", "Павловна", f"{code('Волкова Анна')}, {code('Волков Пётр')}"),
        ("р2", "Иванова", "Мария", "Васильевна", code("Иванов Алексей")),
        ("р3", "Иванов", "Сергей", "Андреевич", code("Иванов Алексей")),
        ("р4", "Кравцова", "Дарья", "Олеговна", f"{code('Кравцов Платон')}, {code('Кравцова Полина')}"),
        ("р5", "Кравцов", one[6], "Николаевич", f"{code('Кравцов Платон')}, {code('Кравцова Полина')}"),
        ("р6", "Смирнов", "Андрей", "Юрьевич", code("Смирнов Матвей")),
    ]
    pupils[by_name["Иванов Алексей"]][3] = "Сергеевич"
    parents.extend(by_hand)
    done = {child.strip() for row in by_hand for child in row[4].split(",")}
    for pupil in pupils:
        if pupil[0] in done:
            continue
        his, her = masculine(pupil[1]), feminine(masculine(pupil[1]))
        # Some have both, most the mother, a few the father alone; two families have nobody in the journal yet.
        chance = rng.random()
        if chance < 0.93:
            parents.append((f"р{len(parents)}", her, rng.choice(WOMEN), hers(HIS[rng.choice(MEN)]), pupil[0]))
        if chance < 0.45 or 0.93 <= chance < 0.98:
            parents.append((f"р{len(parents)}", his, pupil[6], HIS[rng.choice(MEN)], pupil[0]))
    return [pupil[:6] for pupil in pupils], parents


# --- Teaching: class → (subject, group, teacher, hours) ---------------------------------------------------------
E1, E2 = "гр. 1", "гр. 2"
LOAD = {
    "3Б": [
        ("Русский язык", "", "с9", 5), ("Литературное чтение", "", "с9", 4), ("Математика", "", "с1", 5),
        ("Окружающий мир", "", "с9", 2), ("Английский язык", "", "с8", 2), ("Музыка", "", "с18", 1),
        ("Изобразительное искусство", "", "с18", 1), ("Технология", "", "с9", 1),
        ("Физическая культура", "", "с5", 3),
    ],
    "7А": [
        ("Русский язык", "", "с4", 4), ("Литература", "", "с4", 2), ("Алгебра", "", "с1", 4), ("Геометрия", "", "с1", 2),
        ("Английский язык", E1, "с7", 3), ("Английский язык", E2, "с8", 3), ("История", "", "с6", 2),
        ("Обществознание", "", "с6", 1), ("География", "", "с3", 2), ("Биология", "", "с2", 2), ("Физика", "", "с12", 2),
        ("Информатика", "", "с10", 1), ("Музыка", "", "с18", 1), ("Физическая культура", "", "с5", 3),
    ],
    "7Б": [
        ("Русский язык", "", "с4", 4), ("Литература", "", "с4", 2), ("Алгебра", "", "с1", 4), ("Геометрия", "", "с1", 2),
        ("Английский язык", "", "с7", 3), ("История", "", "с6", 2), ("Обществознание", "", "с6", 1),
        ("География", "", "с3", 2), ("Биология", "", "с2", 2), ("Физика", "", "с12", 2), ("Информатика", "", "с10", 1),
        ("Музыка", "", "с18", 1), ("Физическая культура", "", "с5", 3),
    ],
    "10А": [
        ("Русский язык", "", "с11", 2), ("Литература", "", "с11", 3), ("Математика", "", "с1", 5),
        ("Английский язык", "", "с8", 3), ("История", "", "с6", 2), ("Обществознание", "", "с6", 2),
        ("География", "", "с3", 1), ("Биология", "", "с2", 1), ("Физика", "", "с12", 3), ("Химия", "", "с15", 2),
        ("Информатика", "", "с10", 2), ("Физическая культура", "", "с5", 3),
    ],
}
ROOMS = {"с1": "14", "с2": "23", "с3": "25", "с4": "11", "с5": "спортзал", "с6": "27", "с7": "31", "с8": "32",
         "с9": "3", "с10": "19", "с11": "12", "с12": "21", "с15": "22", "с18": "8"}
DAYS = ["Пн", "Вт", "Ср", "Чт", "Пт"]
# What the demonstration's Tuesday must have: (class, day, number) → subject.
FIXED = {
    ("7А", "Вт", 1): "Литература", ("7А", "Вт", 2): "Геометрия", ("7А", "Вт", 3): "Алгебра",
    ("7А", "Вт", 4): "Английский язык", ("7А", "Вт", 5): "История", ("7А", "Вт", 6): "Биология",
    ("7Б", "Вт", 4): "Алгебра", ("10А", "Вт", 5): "Математика", ("3Б", "Вт", 1): "Математика",
    ("7Б", "Вт", 6): "География",
}


# Who was away this autumn: the first day and how many.
ABSENT = [("с2", D(2026, 9, 21), 5), ("с7", D(2026, 10, 8), 2), ("с6", D(2026, 11, 18), 1)]

# The school's own text of the consent, a paragraph a row.
CONSENT = [
    "Учебная школа ведёт электронный журнал. В нём: фамилия, имя и отчество ребёнка, день рождения, класс, отметки, "
    "пропуски и их причины, домашние задания, записи учителей. О вас — имя, отчество, фамилия и номер чата.",
    "Это видят вы, ребёнок, его учителя, тьютор и администрация школы. Другим семьям и посторонним школа этого "
    "не показывает и никому не продаёт.",
    "Журнал хранится на сервере школы. Сообщения и экраны дневника передаются через Telegram, его серверы за границей. "
    "Ваш номер телефона школе не виден.",
    "Согласие действует, пока ребёнок учится в школе. Отозвать его можно в любой день: Настройки. Дневник закроется "
    "сразу, сообщения больше не придут. Сам журнал школа обязана вести дальше.",
    "Вопросы о данных: приёмная школы, 20-00-00, или тьютор класса.",
]


def lessons(class_name):
    """The class's lessons: subject → its teachers and how often."""
    found = {}
    for subject, _, teacher, hours in LOAD[class_name]:
        teachers, _ = found.get(subject, ((), 0))
        found[subject] = (teachers + (teacher,), hours)
    return found


def timetable():
    """Puts every lesson somewhere: nobody is in two places, no holes, a subject at most twice a day. By luck, again
    and again with the next luck until everything fits."""
    for _ in range(20000):
        table = attempt()
        if table:
            return table
    raise SystemExit("no timetable found")


def attempt():
    table, busy = {}, set()
    left = {name: {s: h for s, (_, h) in lessons(name).items()} for name in LOAD}
    # Nothing else for her on the demonstration's day: she takes the substitution of the second form at the 6th.
    busy.update({("с1", "Вт", number) for number in (6, 7)})

    def put(class_name, day, number, subject):
        teachers, _ = lessons(class_name)[subject]
        table[class_name, day, number] = subject
        left[class_name][subject] -= 1
        busy.update((teacher, day, number) for teacher in teachers)

    for (class_name, day, number), subject in FIXED.items():
        put(class_name, day, number, subject)
    lengths = {}
    for class_name in LOAD:
        total = sum(hours for _, hours in lessons(class_name).values())
        short, long = divmod(total, len(DAYS))
        days = list(DAYS)
        rng.shuffle(days)
        days.sort(key=lambda day: -max([n for c, d, n in FIXED if (c, d) == (class_name, day)], default=0))
        for at, day in enumerate(days):
            lengths[class_name, day] = short + (1 if at < long else 0)
    places = [(c, d, n) for (c, d), length in lengths.items() for n in range(1, length + 1) if (c, d, n) not in table]

    def options(place):
        class_name, day, number = place
        today = [s for (c, d, _), s in table.items() if (c, d) == (class_name, day)]
        return [s for s, n in left[class_name].items()
                if n > 0 and today.count(s) < (2 if lessons(class_name)[s][1] > 5 else 1)
                and all((t, day, number) not in busy for t in lessons(class_name)[s][0])]

    while places:
        scored = [(len(options(place)), rng.random(), place) for place in places]
        few, _, place = min(scored)
        if few == 0:
            return None
        class_name = place[0]
        choice = max(options(place), key=lambda s: (left[class_name][s], rng.random()))
        put(*place, choice)
        places.remove(place)
    return table


# --- The workbook ----------------------------------------------------------------------------------------------
def sheet(book, title, headings, rows):
    page = book.create_sheet(title)
    page.append(headings)
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(vertical="top")
    for row in rows:
        page.append(list(row))
    for row in page.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, dt.date):
                cell.number_format = "DD.MM.YYYY"
            elif isinstance(cell.value, dt.time):
                cell.number_format = "HH:MM"
    for at, _ in enumerate(headings, 1):
        longest = max(len(str(cell.value or "")) for cell in page[get_column_letter(at)])
        page.column_dimensions[get_column_letter(at)].width = min(max(longest + 2, 9), 44)
    page.freeze_panes = "A2"


def main(path):
    pupils, parents = families()
    table = timetable()
    book = Workbook()
    book.remove(book.active)
    sheet(book, "Школа", ["Название", "Часовой пояс", "Телефон", "Учебный год", "Начало", "Конец"],
          [("Учебная школа", "Asia/Vladivostok", "20-00-00", "2026/27", D(2026, 9, 1), D(2027, 5, 26))])
    sheet(book, "Четверти", ["Название", "С класса", "По класс", "Начало", "Конец"], [
        ("I четверть", 1, 9, D(2026, 9, 1), D(2026, 10, 24)),
        ("II четверть", 1, 9, D(2026, 11, 3), D(2026, 12, 30)),
        ("III четверть", 1, 9, D(2027, 1, 11), D(2027, 3, 26)),
        ("IV четверть", 1, 9, D(2027, 4, 5), D(2027, 5, 26)),
        ("I полугодие", 10, 11, D(2026, 9, 1), D(2026, 12, 30)),
        ("II полугодие", 10, 11, D(2027, 1, 11), D(2027, 5, 26)),
    ])
    sheet(book, "Каникулы", ["Название", "С класса", "По класс", "Начало", "Конец"], [
        ("Осенние каникулы", 1, 11, D(2026, 10, 25), D(2026, 11, 2)),
        ("День народного единства", 1, 11, D(2026, 11, 4), D(2026, 11, 4)),
        ("Зимние каникулы", 1, 11, D(2026, 12, 31), D(2027, 1, 10)),
        ("Дополнительные каникулы", 1, 1, D(2027, 2, 15), D(2027, 2, 21)),
        ("День защитника Отечества", 1, 11, D(2027, 2, 23), D(2027, 2, 23)),
        ("Международный женский день", 1, 11, D(2027, 3, 8), D(2027, 3, 8)),
        ("Весенние каникулы", 1, 11, D(2027, 3, 27), D(2027, 4, 4)),
        ("Майские праздники", 1, 11, D(2027, 5, 1), D(2027, 5, 3)),
        ("День Победы", 1, 11, D(2027, 5, 9), D(2027, 5, 10)),
    ])
    bells = ["8:30–9:15", "9:25–10:10", "10:40–11:25", "11:40–12:25", "12:35–13:20", "13:30–14:15", "14:25–15:10"]
    at = lambda text: dt.time(*map(int, text.split(":")))
    sheet(book, "Звонки", ["Урок", "Начало", "Конец"],
          [(number, *map(at, bell.split("–"))) for number, bell in enumerate(bells, 1)])
    sheet(book, "Сотрудники", ["Код", "Фамилия", "Имя", "Отчество", "Роли"], STAFF)
    sheet(book, "Классы", ["Класс", "Тьютор"], TUTORS.items())
    sheet(book, "Ученики", ["Код", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"], pupils)
    sheet(book, "Родители", ["Код", "Фамилия", "Имя", "Отчество", "Дети"], parents)
    subjects = sorted({subject for load in LOAD.values() for subject, *_ in load})
    sheet(book, "Предметы", ["Предмет"], [(subject,) for subject in subjects])
    codes = [pupil[0] for pupil in pupils if pupil[5] == "7А"]
    sheet(book, "Группы", ["Класс", "Предмет", "Группа", "Ученики"], [
        ("7А", "Английский язык", E1, ", ".join(codes[:13])),
        ("7А", "Английский язык", E2, ", ".join(codes[13:])),
    ])
    short = {code: f"{surname} {name[0]}. {patronymic[0]}." for code, surname, name, patronymic, _ in STAFF}
    sheet(book, "Нагрузка", ["Класс", "Предмет", "Группа", "Учитель", "Часов в неделю"],
          [(name, subject, group, short[teacher], hours) for name, load in LOAD.items()
           for subject, group, teacher, hours in load])
    slots = []
    for name in LOAD:
        for day in DAYS:
            for number in range(1, 8):
                subject = table.get((name, day, number))
                for other, group, teacher, _ in LOAD[name]:
                    if other == subject:
                        slots.append((name, day, number, subject, group, short[teacher], ROOMS[teacher]))
    sheet(book, "Расписание", ["Класс", "День", "Урок", "Предмет", "Группа", "Учитель", "Кабинет"], slots)
    sheet(book, "Изменения", ["Дата", "Класс", "Урок", "Предмет", "Группа", "Что", "На дату", "На урок",
                              "Кто заменяет"], substitutions(table, short) + changes(table))
    sheet(book, "Согласие", ["Текст"], [(paragraph,) for paragraph in CONSENT])
    save(book, path)


def save(book, path):
    """Without the time of day at which it was written, so that the same school is the same file."""
    told = io.BytesIO()
    book.save(told)
    with zipfile.ZipFile(told) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"20[0-9-]+T[0-9:]+Z", b"2026-08-20T09:00:00Z", content)
            target.writestr(zipfile.ZipInfo(name, (2026, 8, 20, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)


def substitutions(table, short):
    """Who stood in for colleagues this autumn: whoever is free then, first those who teach that class."""
    rows, busy = [], {(teacher, day, number) for (name, day, number), subject in table.items()
                      for teacher in lessons(name)[subject][0]}
    for absent, first, days in ABSENT:
        for date in (first + dt.timedelta(days=it) for it in range(days)):
            day = DAYS[date.weekday()]
            for name, number in sorted((c, n) for (c, d, n) in table if d == day):
                subject = table[name, day, number]
                group = next((g for s, g, teacher, _ in LOAD[name] if (s, teacher) == (subject, absent)), None)
                if group is None:
                    continue
                knows = {teacher for _, _, teacher, _ in LOAD[name]}
                free = [teacher for teacher in ROOMS if teacher != absent and (teacher, day, number) not in busy
                        and (date, number, teacher) not in {(r[0], r[2], r[9]) for r in rows}]
                who = min(free, key=lambda it: (it not in knows, sum(r[9] == it for r in rows), int(it[1:])))
                rows.append((date, name, number, subject, group or None, "замена", None, None, short[who], who))
    return [row[:9] for row in rows]


def changes(table):
    """The substitution of the demonstration's day, a cancelled and a moved lesson of the weeks around."""
    geography = next(n for (c, d, n), s in table.items() if (c, d, s) == ("7Б", "Вт", "География"))
    music = next((d, n) for (c, d, n), s in table.items() if (c, s) == ("7А", "Музыка"))
    monday = D(2026, 11, 16)
    cancelled = monday + dt.timedelta(days=DAYS.index(music[0]))
    # 10А's informatics moves to a seventh lesson, where nobody has any.
    day, number = next((d, n) for (c, d, n), s in table.items() if (c, s) == ("10А", "Информатика"))
    moved = monday + dt.timedelta(days=7 + DAYS.index(day))
    target = monday + dt.timedelta(days=7 + 3)
    if target == moved:
        target += dt.timedelta(days=1)
    empty = None
    return [
        (cancelled, "7А", music[1], "Музыка", empty, "отменён", empty, empty, empty),
        (D(2026, 11, 24), "7Б", geography, "География", empty, "замена", empty, empty, "Смирнова Е. В."),
        (moved, "10А", number, "Информатика", empty, "перенесён", target, 7, empty),
    ]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "school.xlsx")
