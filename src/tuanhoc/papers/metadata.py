"""What an electronic document says of itself (Decree 30/2020/NĐ-CP, Phụ lục VI)."""

from .pdf import page_count
from .values import OfficialDocument


def metadata(document: OfficialDocument) -> dict[str, object]:
    """Return the fields of Phụ lục VI by their own names, to stand as JSON beside the file.

    What is not known is null: a number is given after signing, and codes of bodies are not ours to invent.
    ``Priority`` 0 is an ordinary document.
    """
    head = document.letterhead
    number, _slash, notation = head.number.partition("/")
    return {
        "CodeNumber": number or None,
        "CodeNotation": notation or None,
        "IssuedDate": head.issued_on.isoformat() if head.issued_on else None,
        "OrganName": head.issuer,
        "Subject": document.subject,
        "PageAmount": page_count(document),
        "Signer": {"Position": " ".join(document.signature) or None, "FullName": document.signer or None},
        "To": [{"OrganId": None, "OrganName": name} for name in document.addressees],
        "Priority": 0,
        "DueDate": document.due_on.isoformat() if document.due_on else None,
    }
