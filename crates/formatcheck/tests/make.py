"""Makes documents by programs that are not ours: right ones, and for each kind of fault one that has it.

Usage: make.py FOLDER. Writes the files and cases.json, a list of {"file": …, "codes": […]}.
"""
import json
import pathlib
import sys

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

FOLDER = pathlib.Path(sys.argv[1])
CASES = []


def element(parent, name, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn("w:" + key), str(value))
    parent.append(made)
    return made


def run(paragraph, text, font="仿宋_GB2312", size=16, latin="Times New Roman"):
    made = paragraph.add_run(text)
    made.font.size = Pt(size)
    made.font.name = latin
    made._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return made


def indent(paragraph, first=0, left=0, right=0):
    properties = paragraph._p.get_or_add_pPr()
    element(properties, "w:ind", firstLineChars=first * 100, firstLine=first * 320, leftChars=left * 100,
            left=left * 320, rightChars=right * 100, right=right * 320)


class Letter:
    """A letter that keeps every rule; each setting makes one fault."""

    def __init__(self, **change):
        self.set = change
        self.document = docx.Document()
        self.styles()
        self.page()
        self.footers()
        self.text()

    def get(self, name, usual):
        return self.set.get(name, usual)

    def styles(self):
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(16)
        normal.font.name = "Times New Roman"
        normal.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1

    def page(self):
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(self.get("width", 210)), Mm(297)
        section.left_margin, section.right_margin = Cm(self.get("left", 3.18)), Cm(self.get("right", 3))
        section.top_margin, section.bottom_margin = Cm(self.get("top", 2.54)), Cm(self.get("bottom", 2.54))
        section.gutter = 0
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        if self.get("grid", True):
            element(section._sectPr, "w:docGrid", type="linesAndChars", linePitch=self.get("pitch", 634),
                    charSpace=self.get("space", -4083))

    def footers(self):
        self.document.settings.odd_and_even_pages_header_footer = self.get("odd_and_even", True)
        section = self.document.sections[0]
        if not self.get("numbers", True):
            return
        self.footer(section.footer, self.get("odd_side", ALIGN.RIGHT), right=self.get("blank", 1))
        self.footer(section.even_page_footer, self.get("even_side", ALIGN.LEFT), left=1)

    def footer(self, footer, side, **blank):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        indent(paragraph, **blank)
        dash = self.get("dash", "—")
        look = {"font": "宋体", "latin": self.get("number_font", "宋体"), "size": self.get("number_size", 14)}
        run(paragraph, dash + " ", **look)
        for kind in ("begin", None, "end"):
            field = run(paragraph, "", **look)
            if kind:
                element(field._r, "w:fldChar", fldCharType=kind)
            else:
                element(field._r, "w:instrText").text = " PAGE "
        run(paragraph, " " + dash, **look)

    def paragraph(self, text, first=2, **look):
        paragraph = self.document.add_paragraph()
        if first:
            indent(paragraph, first)
        run(paragraph, text, **look)
        return paragraph

    def text(self):
        get = self.get
        if get("title", True):
            title = self.paragraph("关于办学评估自评工作的报告", 0, font=get("title_font", "华文中宋"), size=get("title_size", 22))
            title.alignment = get("title_side", ALIGN.CENTER)
        self.document.add_paragraph()
        self.paragraph(get("one", "一、") + "组织情况", font=get("one_font", "黑体"), size=get("one_size", 16))
        body = self.paragraph("2022年，分校成立了由5人组成的自评工作组，制定了工作方案，逐项对照指标体系开展自评。", get("indent", 2),
                              font=get("body_font", "仿宋_GB2312"), size=get("body_size", 16), latin=get("latin", "Times New Roman"))
        if "later" in self.set:
            body._p.pPr.remove(body._p.pPr.find(qn("w:ind")))
            indent(body, 0, get("later", 0))
        if "exactly" in self.set:
            body.paragraph_format.line_spacing = Pt(self.set["exactly"])
        if "after" in self.set:
            body.paragraph_format.space_after = Pt(self.set["after"])
        if get("two", "（一）"):
            self.paragraph(get("two", "（一）") + "工作机构", font=get("two_font", "楷体_GB2312"))
        self.paragraph(get("three", "1.") + "领导小组")
        self.paragraph("（1）职责分工")
        self.paragraph("各成员各负其责，按时完成任务。")
        self.paragraph(get("next", "二、") + "自评情况", font="黑体")
        self.paragraph("各项指标完成情况良好。")
        self.table()
        self.tail()

    def table(self):
        get = self.get
        table = self.document.add_table(rows=get("rows", 3), cols=3)
        table.style = "Table Grid"
        if "border" in self.set:
            borders = element(table._tbl.tblPr, "w:tblBorders")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
                element(borders, "w:" + side, val="single", sz=self.set["border"])
        if get("repeat", True):
            element(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for number, row in enumerate(table.rows):
            texts = [get("column", "序号"), "指标", "得分"] if number == 0 else [str(number), "办学定位", "4"]
            for cell, text in zip(row.cells, texts):
                if get("middle", True):
                    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                cell.paragraphs[0].alignment = ALIGN.CENTER
                font = get("header_font", "黑体") if number == 0 else get("cell_font", "仿宋_GB2312")
                run(cell.paragraphs[0], text, font, get("cell_size", 10.5), get("cell_latin", "Times New Roman"))

    def tail(self):
        get = self.get
        if get("blank_line", True):
            self.document.add_paragraph()
        for text in get("attachments", ["附件：1.自评打分表", "2.支撑材料目录"]):
            self.paragraph(text, get("attachment_indent", 2))
        self.document.add_paragraph()
        if get("unit", True):
            self.paragraph("并州开放大学").alignment = ALIGN.RIGHT
        if get("date", "2022年9月1日"):
            date = self.paragraph(get("date", "2022年9月1日"), 0)
            date.alignment = ALIGN.RIGHT
            indent(date, right=get("date_right", 4))
        if "closing" in self.set:
            self.paragraph(self.set["closing"])

    def save(self, file):
        self.document.save(FOLDER / file)


def letter(name, codes, **change):
    made = Letter(**change)
    made.save(name + ".docx")
    CASES.append({"file": name + ".docx", "codes": codes})


def letters():
    letter("right", [])
    letter("paper", ["paper-size"], width=213)
    for side, wrong in (("left", 3.1), ("right", 2.9)):
        letter(f"margin-{side}", [f"margin-{side}"], **{side: wrong})
    letter("margin-top", ["margin-top"], top=2.5)
    letter("margin-bottom", ["margin-bottom"], bottom=2.6)
    letter("grid-missing", ["grid-missing"], grid=False)
    letter("grid-lines", ["grid-lines"], pitch=560)
    letter("grid-characters", ["grid-characters"], space=0)
    letter("line-pitch", ["line-pitch"], exactly=28)
    letter("line-pitch-right", [], exactly=31.7)
    letter("paragraph-spacing", ["paragraph-spacing"], after=8)
    letter("title-missing", ["title-missing"], title=False)
    letter("title-font", ["title-font"], title_font="黑体")
    letter("title-size", ["title-size"], title_size=18)
    letter("title-side", ["title-not-centred"], title_side=ALIGN.LEFT)
    letter("body-font", ["body-font"], body_font="宋体")
    letter("body-size", ["body-size"], body_size=14)
    letter("no-indent", ["first-line-indent"], indent=0)
    letter("later-lines", ["later-lines"], later=2)
    letter("heading-font", ["heading-font"], one_font="宋体")
    letter("heading-font-2", ["heading-font"], two_font="仿宋_GB2312")
    letter("heading-size", ["heading-size"], one_size=18)
    letter("heading-mark", ["heading-mark"], three="1、")
    letter("heading-mark-2", ["heading-mark"], two="(一)")
    letter("heading-order", ["heading-order"], next="三、")
    letter("heading-skips", ["heading-skips"], two="")
    letter("latin", ["latin-font"], latin="Arial")
    letter("attachment-colon", ["attachment-colon"], attachments=["附件:1.自评打分表"])
    letter("attachment-number", ["attachment-number"], attachments=["附件1：自评打分表"])
    letter("attachment-ending", ["attachment-ending"], attachments=["附件：1.自评打分表；", "2.目录。"])
    letter("attachment-line", ["attachment-blank-line"], blank_line=False)
    letter("attachment-indent", ["attachment-indent"], attachment_indent=0, attachments=["附件：自评打分表"])
    letter("no-sign-off", ["sign-off-missing"], date="", unit=False)
    letter("no-unit", ["unit-missing"], unit=False, attachments=[])
    letter("date-zeros", ["date-form"], date="2022年09月01日")
    letter("date-numerals", ["date-form"], date="二〇二二年九月一日")
    letter("date-place", ["date-indent"], date_right=0)
    letter("empty-page", ["empty-page-note"], closing="（此页无正文）")
    letter("no-number", ["page-number-missing"], numbers=False)
    letter("same-footer", ["page-number-same"], odd_and_even=False)
    letter("odd-side", ["page-number-odd-place"], odd_side=ALIGN.CENTER)
    letter("even-side", ["page-number-even-place"], even_side=ALIGN.RIGHT)
    letter("number-blank", ["page-number-blank"], blank=0)
    letter("number-font", ["page-number-font"], number_font="Times New Roman")
    letter("number-size", ["page-number-size"], number_size=10.5)
    letter("number-dashes", ["page-number-dashes"], dash="-")
    letter("table-repeat", ["table-header-repeat"], rows=30, repeat=False)
    letter("table-column", ["table-number-column"], column="编码")
    letter("table-header", ["table-header-font"], header_font="宋体")
    letter("table-cell", ["table-cell-font"], cell_font="宋体")
    letter("table-latin", ["table-latin-font"], cell_latin="Calibri")
    letter("table-size", ["table-size"], cell_size=12)
    letter("table-border", ["table-border"], border=8)
    letter("table-middle", ["table-not-centred"], middle=False)
    across = Letter()
    section = across.document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    across.save("landscape.docx")
    CASES.append({"file": "landscape.docx", "codes": []})


def book(name, codes, **change):
    get = change.get
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "任务分解"
    sheet.append([get("title", "任务分解表")] if get("titled", True) else ["序号", "任务", "部门"])
    if get("titled", True):
        sheet.append(["序号", "任务", "部门"])
    for number in range(get("rows", 60)):
        sheet.append([number + 1, "办学定位", "办公室"])
    font = lambda key, size, bold: Font(name=get(key + "_font", "宋体"), size=get(key + "_size", size), bold=get(key + "_bold", bold))
    for row in sheet.iter_rows():
        first = row[0].row
        kind = "title" if first == 1 and get("titled", True) else "header" if first == (2 if get("titled", True) else 1) else "data"
        for cell in row:
            cell.font = font(kind, 14 if kind == "title" else 10.5, kind != "data")
            cell.alignment = Alignment(wrap_text=get("wrap", False))
        sheet.row_dimensions[first].height = get("height", 20) if kind == "data" else 24
    if get("paper", True):
        sheet.page_setup.paperSize = get("code", 9)
    if get("footer", "&P"):
        getattr(sheet.oddFooter, get("part", "center")).text = get("footer", "&P")
    if get("repeat", True):
        sheet.print_title_rows = "1:2"
    workbook.save(FOLDER / (name + ".xlsx"))
    CASES.append({"file": name + ".xlsx", "codes": codes})


def books():
    book("right", [])
    book("one-page", [], rows=8, footer="", repeat=False)
    book("wrapped", [], height=40, wrap=True)
    book("paper", ["sheet-paper"], code=8)
    book("no-paper", ["sheet-paper"], paper=False)
    book("no-title", ["sheet-title-missing"], titled=False)
    for part in ("title", "header", "data"):
        book(f"{part}-font", [f"sheet-{part}-font"], **{f"{part}_font": "Calibri"})
        book(f"{part}-size", [f"sheet-{part}-size"], **{f"{part}_size": 12})
    book("title-bold", ["sheet-title-bold"], title_bold=False)
    book("header-bold", ["sheet-header-bold"], header_bold=False)
    book("low-rows", ["sheet-row-height"], height=13.5)
    book("no-number", ["sheet-page-number-missing"], footer="")
    book("number-left", ["sheet-page-number-place"], part="left")
    book("no-repeat", ["sheet-print-titles"], repeat=False)


letters()
books()
(FOLDER / "cases.json").write_text(json.dumps(CASES, ensure_ascii=False), encoding="utf-8")
