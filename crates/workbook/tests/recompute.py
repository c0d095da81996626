"""Lets LibreOffice compute every formula of the workbooks of a folder, and compares with what stands in them.

The values that the program wrote are dropped first (openpyxl keeps the formulas only), so that nothing can be copied.
"""

import pathlib
import subprocess
import sys

from openpyxl import load_workbook

folder = pathlib.Path(sys.argv[1])
bare, computed = folder / "公式", folder / "算出"
bare.mkdir()
books = sorted(folder.glob("*.xlsx"))
for book in books:
    load_workbook(book).save(bare / book.name)
subprocess.run(
    ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "xlsx", "--outdir"]
    + [str(computed)] + [str(bare / book.name) for book in books],
    check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)


def same(ours, theirs):
    """Exactly: the same double, or the same text; an empty text is no value."""
    if isinstance(ours, str) and ours and theirs is not None:
        try:
            return float(ours) == theirs
        except (ValueError, TypeError):
            return ours == theirs
    return (ours or None) == (theirs or None) if not isinstance(ours, (int, float)) else ours == theirs


count = 0
for book in books:
    formulas, ours = load_workbook(book), load_workbook(book, data_only=True)
    theirs = load_workbook(computed / book.name, data_only=True)
    before = count
    for sheet in formulas.sheetnames:
        for row in formulas[sheet].iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                one, other = (each[sheet][cell.coordinate].value for each in (ours, theirs))
                assert same(one, other), f"{book.name} {sheet}!{cell.coordinate}: {one!r}, computed {other!r}\n{cell.value}"
    assert count - before > 100, f"{book.name}: {count - before} formulas"
    table = formulas["汇总表"]
    assert table.page_setup.orientation == "landscape" and table.print_title_rows, book.name
print(count, "ok")
