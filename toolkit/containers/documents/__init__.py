"""Documents (.docx, .doc, .odt, .html, .pdf, text …) as blocks of paragraphs and tables."""
