"""A database is brought to what the store expects, whoever comes first, and never from a newer one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from backend.store import migrations
from backend.store.corrections import StoreUnavailableError
from backend.store.tables import REVISION, Base
from backend.tests.store.lessons import ANN, correction, database_at, store_at


def test_the_migrations_make_the_tables_as_they_are_used(database_url):
    database = database_at(database_url)
    database.prepare()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_newest_migration_is_the_one_that_is_asked_for():
    config = Config()
    config.set_main_option("script_location", migrations.__path__[0])
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_several_that_migrate_at_once_do_it_once(database_url):
    stores = [store_at(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda store: store.keep(ANN, correction()), stores))
    assert stores[0].summary(ANN).kept == 4


def test_one_who_may_not_make_tables_is_told_so(postgresql):
    address = postgresql.new_database()
    with database_at(address).engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public"))
    with pytest.raises(StoreUnavailableError, match="schema"):
        store_at(address).summary(ANN)


def test_an_option_that_postgresql_does_not_know_is_told(postgresql):
    with pytest.raises(StoreUnavailableError, match="sslmod"):
        store_at(postgresql.new_database() + "&sslmod=require").summary(ANN)


def test_a_database_of_a_newer_version_is_left_alone(database_url):
    database = database_at(database_url)
    database.prepare()
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailableError, match="another version"):
        store_at(database_url).summary(ANN)
