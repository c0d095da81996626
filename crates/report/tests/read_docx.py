"""Says what a DOCX holds, as JSON, read by python-docx; lengths in points, other values as the file has them."""

import json
import sys

import docx
from docx.oxml.ns import qn


def attributes(element):
    """Attributes without their namespace."""
    return {} if element is None else {name.split("}")[1]: value for name, value in element.attrib.items()}


def children(element):
    """What properties say: name to attributes."""
    return {} if element is None else {child.tag.split("}")[1]: attributes(child) for child in element}


def style(one):
    ppr, rpr = one.element.find(qn("w:pPr")), one.element.find(qn("w:rPr"))
    based = getattr(one, "base_style", None)
    following = one.element.find(qn("w:next"))
    return {
        "id": one.style_id,
        "based": based.name if based is not None else None,
        "next": attributes(following).get("val"),
        "paragraph": children(ppr),
        "run": children(rpr),
    }


def paragraph(one):
    field = one._p.find(".//" + qn("w:fldSimple"))
    text = "".join(t.text or "" for t in one._p.iter(qn("w:t"))) if field is not None else one.text
    return {
        "style": one.style.name,
        "text": text,
        "properties": children(one._p.pPr),
        "field": attributes(field).get("instr"),
        "pictures": len(one._p.findall(".//" + qn("w:drawing"))),
    }


def table(one):
    rows = [
        {
            "properties": children(row._tr.trPr),
            "cells": [
                {
                    "text": "\n".join(p.text for p in docx.table._Cell(cell, one).paragraphs),
                    "styles": [p.style.name for p in docx.table._Cell(cell, one).paragraphs],
                    "properties": children(cell.tcPr),
                    "tied": all(p.paragraph_format.keep_with_next for p in docx.table._Cell(cell, one).paragraphs),
                }
                for cell in row._tr.tc_lst
            ],
        }
        for row in one.rows
    ]
    columns = [int(column.get(qn("w:w"))) for column in one._tbl.tblGrid.findall(qn("w:gridCol"))]
    borders = children(one._tbl.tblPr.find(qn("w:tblBorders")))
    return {"rows": rows, "columns": columns, "borders": borders, "properties": children(one._tbl.tblPr)}


def footer(one):
    return [paragraph(p) for p in one.paragraphs]


document = docx.Document(sys.argv[1])
section = document.sections[0]
json.dump(
    {
        "title": document.core_properties.title,
        "author": document.core_properties.author,
        "language": document.core_properties.language,
        "defaults": children(document.styles.element.find(".//" + qn("w:rPrDefault")).find(qn("w:rPr"))),
        "styles": {one.name: style(one) for one in document.styles},
        "section": children(section._sectPr),
        "odd_and_even": document.settings.odd_and_even_pages_header_footer,
        "odd": footer(section.footer),
        "even": footer(section.even_page_footer),
        "odd_head": footer(section.header),
        "even_head": footer(section.even_page_header),
        "paragraphs": [paragraph(p) for p in document.paragraphs],
        "tables": [table(t) for t in document.tables],
    },
    sys.stdout,
    ensure_ascii=False,
)
