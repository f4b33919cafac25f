"""The few errors of the house. A `UserError` is a sentence for the person in front of the screen."""


class UserError(Exception):
    """Shown to the person as it stands; nothing was changed."""

    status = 400


class NotFound(UserError):
    """There is no such thing, or this viewer may not know of it."""

    status = 404


class NotAllowed(UserError):
    """Signed in, but this is not theirs to do."""

    status = 403


class TooMany(UserError):
    """A limit on how often or how much; the sentence says when to come back."""

    status = 429


class ConfigurationError(Exception):
    """Read by the operator: what is set wrongly and the remedy, in one line. Ends the process with code 1."""


class Unavailable(Exception):
    """A part we stand on (database, storage, engine) does not answer now; the work is kept and tried again."""
