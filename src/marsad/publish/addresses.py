"""Where things stand on the desk's website: addresses that never change."""

from marsad.domain.desk import Desk


def issue_path(number: int, language: str, suffix: str = "html") -> str:
    """Return the path of an issue's file from the root of the website.

    >>> issue_path(22, "ar"), issue_path(22, "en", "pdf")
    ('issues/22/issue.ar.html', 'issues/22/issue.en.pdf')
    """
    return f"issues/{number}/issue.{language}.{suffix}"


def issue_address(desk: Desk, number: int, language: str) -> str:
    """Return the permanent address of an issue; empty where the desk names no website."""
    website = desk.imprint.website.rstrip("/")
    return f"{website}/{issue_path(number, language)}" if website else ""


def archive_address(desk: Desk, language: str) -> str:
    """Return the address of the list of issues; empty where the desk names no website."""
    website = desk.imprint.website.rstrip("/")
    return f"{website}/{language}/index.html" if website else ""
