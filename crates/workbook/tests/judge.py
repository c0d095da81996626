"""What openpyxl sees of a workbook: how it prints, and who may fill in what. Prints `ok`."""
import sys
from openpyxl import load_workbook

kind, path = sys.argv[1:3]
book = load_workbook(path)


def check(condition, *said):
    assert condition, said


def filled(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def look(sheet, heading, bold_only_in=()):
    """Fonts and heights by the rules for spreadsheets: 宋体, 14 bold, 10.5 bold, 10.5; rows of 20 points and more."""
    hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
    for cell in filled(sheet):
        if cell.column_letter in hidden:
            continue
        check(cell.font.name == "宋体", cell.coordinate, cell.font.name)
        size = 14 if cell.row == 1 else 10.5
        check(cell.font.sz == size, cell.coordinate, cell.font.sz)
        if cell.row in (1, heading):
            check(cell.font.b, cell.coordinate)
        check(sheet.row_dimensions[cell.row].height >= 20, cell.coordinate, sheet.row_dimensions[cell.row].height)
    check(sheet.page_setup.paperSize == 9, sheet.page_setup.paperSize)
    check(sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage)


def fill_book():
    check(book.sheetnames == ["填写说明", "评分", "成果", "标识"], book.sheetnames)
    check(book["标识"].sheet_state == "hidden")
    sheet = book["评分"]
    look(sheet, 3)
    check(sheet.print_title_rows == "$3:$3", sheet.print_title_rows)
    check(sheet.freeze_panes == "C4", sheet.freeze_panes)
    check(sheet.auto_filter.ref.startswith("A3:H"), sheet.auto_filter.ref)
    check("&P" in sheet.oddFooter.center.text)
    check(sheet.page_setup.orientation == "landscape")
    check(sheet.protection.sheet and not sheet.protection.password)
    check(all(sheet.column_dimensions[letter].hidden for letter in "I"), "hidden keys")
    keys = {sheet.cell(row, 9).value: row for row in range(4, sheet.max_row + 1) if sheet.cell(row, 9).value}
    check(len(keys) > 40)
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    check({cell.column_letter for cell in open_cells} <= set("FGH"))
    rules = sheet.data_validations.dataValidation
    ruled = {str(cells) for rule in rules for cells in rule.sqref.ranges}
    values = {cell.coordinate for cell in open_cells if cell.column_letter == "F"}
    check(values <= ruled, values - ruled)
    check(all(rule.errorStyle in (None, "stop") and rule.showErrorMessage and rule.error for rule in rules))
    rule = lambda key: next(r for r in rules if f"F{keys[key]}" in str(r.sqref))
    check(rule("condition A1-1!1").formula1 == '"存在,不存在"', rule("condition A1-1!1").formula1)
    check(rule("mark A2-2").formula1.startswith('"0,0.1,0.2') or rule("mark A2-2").formula1.startswith("AND("))
    check(rule("mark B2-6").type == "custom" and "0.1" in rule("mark B2-6").formula1, rule("mark B2-6").formula1)
    check(rule("quantity B2-1#实际分配账号").type == "whole")
    lists = book["成果"].data_validations.dataValidation
    check(any("标识" in (rule.formula1 or "") for rule in lists))


def printed():
    sheet = book.worksheets[0]
    heading = int(sys.argv[3])
    look(sheet, heading)
    check(sheet.print_title_rows == f"${heading}:${heading}", sheet.print_title_rows)
    check(sheet.freeze_panes == f"A{heading + 1}", sheet.freeze_panes)
    check("&P" in sheet.oddFooter.center.text, sheet.oddFooter.center.text)
    check("宋体" in (sheet.oddFooter.center.font or ""), sheet.oddFooter.center.font)
    check(sheet.merged_cells.ranges)
    merged = {cell for cells in sheet.merged_cells.ranges for row in cells.rows for cell in row}
    for cell in sheet[heading + 1]:
        if (cell.row, cell.column) in merged:
            continue
        check(cell.border.left.style == "thin" and cell.border.bottom.style == "thin", cell.coordinate)
    numbers = [cell.value for cell in filled(sheet) if isinstance(cell.value, (int, float))]
    check(numbers, "no numbers")
    check(book.properties.title and str(book.properties.created).startswith("2021-01-01"))


{"fill": fill_book, "print": printed}[kind]()
print("ok")
