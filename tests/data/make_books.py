"""Writes the workbooks of another program that the import is tested with: openpyxl's.

    python3 make_books.py

openpyxl.xlsx: merged title rows above the headings, shared strings, date cells, formulas that nobody has counted.
openpyxl_small.xlsx: the same small school without the formulas; it loads.
"""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

D = dt.date
FOLDER = Path(__file__).parent


def book(formulas):
    made = Workbook()
    made.remove(made.active)

    def sheet(title, headings, rows):
        page = made.create_sheet(title)
        page["A1"] = f"{title} — заполняет заместитель директора"
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(2, len(headings)))
        page.append([])
        page.append(headings)
        for row in rows:
            page.append(row)
        return page

    span = [D(2026, 9, 1), D(2027, 5, 26)]
    sheet("Школа", ["Название", "Часовой пояс", "Телефон", "Учебный год", "Начало", "Конец"],
          [["Малая школа № 3", "Asia/Vladivostok", 210000, "2026/27", *span]])
    sheet("Четверти", ["Название", "С класса", "По класс", "Начало", "Конец"], [["Год", 1, 11, *span]])
    sheet("Каникулы", ["Название", "С класса", "По класс", "Начало", "Конец"],
          [["Осенние", None, None, "25.10.2026", "2026-11-02"]])
    sheet("Звонки", ["Урок", "Начало", "Конец"],
          [[1, dt.time(8, 30), dt.time(9, 15)], [2, "9:25", "10.10"]])
    sheet("Сотрудники", ["Код", "Фамилия", "Имя", "Отчество", "Роли"],
          [[17, "Ёлкина ", "Анна", "Петровна", "администратор, директор"], [18, "Берёзов", "Пётр", "Ильич", None]])
    sheet("Классы", ["Класс", "Тьютор"], [["7A", 17], ["7 «Б»", "Берёзов П. И."]])
    pupils = sheet("Ученики", ["Код", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"], [
        ["п1", "О’Коннор", "Мария", None, D(2013, 3, 3), "7а"],
        ["п2", "Римский‑Корсаков", "Лев", "Ильич", 41336, "7\u00a0А"],
        ["п3", "Сосна", "Яна", "Львовна", "03.03.2013", "7-Б"],
    ])
    sheet("Родители", ["Код", "Фамилия", "Имя", "Отчество", "Дети"],
          [["17", "Елкина", "Анна", "Петровна", "п1, п2"], ["р1", "Сосна", "Лев", None, "П3"]])
    sheet("Предметы", ["Предмет"], [["Алгебра"], ["Английский язык"]])
    sheet("Группы", ["Класс", "Предмет", "Группа", "Ученики"],
          [["7А", "Английский язык", "1", "п1"], ["7А", "английский  язык", 2, "п2"]])
    load = sheet("Нагрузка", ["Класс", "Предмет", "Группа", "Учитель", "Часов в неделю"], [
        ["7А", "Алгебра", None, "Елкина А.П.", 4],
        ["7А", "Английский язык", 1, "17", 3],
        ["7А", "Английский язык", 2, "Берёзов", 3],
    ])
    sheet("Расписание", ["Класс", "День", "Урок", "Предмет", "Группа", "Кабинет"], [
        ["7А", "Пн", 1, "Алгебра", None, 14],
        ["7А", "понедельник", 2, "Английский язык", 1, 31],
        ["7А", "пн.", 2, "Английский язык", 2, 32],
    ])
    sheet("Изменения", ["Дата", "Класс", "Урок", "Предмет", "Группа", "Что", "На дату", "На урок", "Кто заменяет"],
          [[D(2026, 11, 23), "7А", 1, None, None, "Отменен", None, None, None]])
    if formulas:
        pupils["E4"] = "=DATE(2013,3,3)"
        load["E4"] = "=2+2"
    return made


if __name__ == "__main__":
    book(True).save(FOLDER / "openpyxl.xlsx")
    book(False).save(FOLDER / "openpyxl_small.xlsx")
