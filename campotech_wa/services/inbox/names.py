"""What staff call a customer: by name, else by number, else by username."""

from campotech_wa.domain.ids import WaId
from campotech_wa.domain.phones import display
from campotech_wa.tables.conversations import Customer


def name_of(customer: Customer, username: str = "") -> str:
    """Return the name in the company's address book, else the one they gave themselves, else what is known."""
    own = customer.contact_name or customer.profile_name
    return own or number_of(customer) or _at(username) or "—"


def reached_by(customer: Customer, username: str = "") -> str:
    """Return the number as a person writes it, else the username; empty when Meta has told neither."""
    return number_of(customer) or _at(username)


def number_of(customer: Customer) -> str:
    """Return the number as a person writes it; empty when Meta has not told it."""
    return display(WaId(customer.wa_id)) if customer.wa_id else ""


def initials(customer: Customer) -> str:
    """Return one or two letters that stand for a face."""
    own = customer.contact_name or customer.profile_name
    words = [word for word in own.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "#"


def _at(username: str) -> str:
    return f"@{username}" if username else ""
