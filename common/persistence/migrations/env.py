"""Alembic's entry: runs on the connection that common.persistence.migrate opened, or prints SQL without one."""

from alembic import context

from common.persistence.schema import metadata


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        context.configure(
            dialect_name=context.config.attributes["dialect"], target_metadata=metadata, literal_binds=True
        )
    else:
        context.configure(
            connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
        )
    with context.begin_transaction():
        context.run_migrations()


run()
