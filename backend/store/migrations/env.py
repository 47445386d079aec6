"""What Alembic runs: the migrations, on the connection that it was handed."""

from alembic import context

from backend.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # SQLite's too, since we begin its transactions ourselves
)
context.run_migrations()
