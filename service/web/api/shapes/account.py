"""The shape of what is asked for before an account is erased."""

from pydantic import Field

from service.web.api.shapes.text import Given, Line


class EraseGiven(Given):
    """Whose account, so that nothing erases it by mistake, and the proof that it is its owner who asks."""

    whose: Line = Field(description="The account's address, or its name where it has none.")
    password: Line = Field(
        default="", description="Of the account. A session needs none within 15 minutes of its proof."
    )
