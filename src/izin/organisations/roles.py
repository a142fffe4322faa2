"""Who may do what in an organisation, on the screen and in the terminal alike."""

from izin.organisations.models import Role

ADMINS = (Role.ADMIN,)
COMPOSERS = (Role.MARKETER,)
APPROVERS = (Role.REVIEWER,)
OFFICERS = (Role.OFFICER,)
REVIEWERS = (Role.REVIEWER, Role.OFFICER)  # of an import's proofs
SEES_NAMES = (Role.MARKETER, Role.OFFICER)


def is_among(role: str, roles: tuple[Role, ...]) -> bool:
    """Whether this role is one of those; an administrator has them all."""
    return role in (Role.ADMIN, *roles)
