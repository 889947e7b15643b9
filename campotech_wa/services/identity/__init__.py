"""Who somebody on WhatsApp is to the organization: one customer, whichever way Meta or a typist names them.

Names are found, given, changed and merged here, in the caller's transaction (phones-ar.md section 5, webhooks.md
sections 3.4 and 5). Lists and threads never show who was merged; every id of theirs goes on leading to the survivor.
"""

from campotech_wa.services.identity.addressing import (
    Address,
    Known,
    Reached,
    address,
    address_of,
    is_test_number,
)
from campotech_wa.services.identity.known import known
from campotech_wa.services.identity.learning import learn
from campotech_wa.services.identity.merging import Reason, merge
from campotech_wa.services.identity.notes import note_contact, note_preference
from campotech_wa.services.identity.parting import undo
from campotech_wa.services.identity.recognising import recognise
from campotech_wa.services.identity.renumbering import renumber
from campotech_wa.services.identity.searching import wanted
from campotech_wa.services.identity.typed import typed

__all__ = [
    "Address",
    "Known",
    "Reached",
    "Reason",
    "address",
    "address_of",
    "is_test_number",
    "known",
    "learn",
    "merge",
    "note_contact",
    "note_preference",
    "recognise",
    "renumber",
    "typed",
    "undo",
    "wanted",
]
