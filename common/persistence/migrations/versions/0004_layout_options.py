"""A resume remembers what was chosen about its layout."""

from alembic import op
from sqlalchemy import Column

from common.persistence.columns import ChosenOptions

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("resumes", Column("options", ChosenOptions))
