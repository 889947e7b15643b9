"""The registry of templates: read from Meta, brought up to date by its news, shown, and put into words."""

from campotech_wa.services.templates.wording import TextForm, text_form

__all__ = ["TextForm", "text_form"]
