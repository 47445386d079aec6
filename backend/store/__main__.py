"""`python -m backend.store`: lessons are exported and imported, backups made and brought back, and room made.

DATABASE_URL says which database, as it does to the server, which may run meanwhile.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.store import upkeep
from backend.store.backups import BackupError, backup, restore
from backend.store.connections import Database
from backend.store.corrections import StoreFullError, StoreUnavailableError
from backend.store.csv_files import write_table
from backend.store.lesson_fields import LessonFileError
from backend.store.lesson_files import read_lessons
from backend.store.packed_files import write_packed
from backend.store.settings import StoreSettings, database_url


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` ask for; return the process's exit code."""
    asked = _parser().parse_args(arguments)
    try:
        settings = StoreSettings(database_url=database_url())
        print(_done(asked, settings))
    except (ValueError, StoreFullError, LessonFileError, BackupError) as error:
        return _failed(str(error))
    except StoreUnavailableError as error:
        return _failed(f"The database can't be used: {' '.join(str(error).split())}")
    except OSError as error:
        return _failed(f"{error.filename or 'A file'}: {error.strerror}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backend.store", description="The store of corrections.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("status", help="say how much is kept")
    export = commands.add_parser("export", help="write all lessons to corrections.npz and corrections.csv")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    export.add_argument("--collection", metavar="NAME", help="only those of this collection")
    taken = commands.add_parser("import", help="store the lessons of an exported file that aren't there yet")
    taken.add_argument("file", type=Path, help="an .npz or a .csv file, as export writes them")
    copied = commands.add_parser("backup", help="copy the whole database, while it is in use")
    copied.add_argument("file", type=Path, help="where to; it must not be there yet")
    restored = commands.add_parser(
        "restore", help="bring back what backup copied, in the place of all there is"
    )
    restored.add_argument("file", type=Path, help="what backup wrote")
    restored.add_argument("--replace", action="store_true", help="even where the database holds something")
    deleted = commands.add_parser("delete", help="delete lessons for good")
    deleted.add_argument("--collection", metavar="NAME", help="those of this collection")
    deleted.add_argument("--teacher", type=int, metavar="NUMBER", help="those of this teacher, as exported")
    return parser


def _done(asked: argparse.Namespace, settings: StoreSettings) -> str:
    """Do it, and return what is to be said."""
    if asked.command == "backup":
        backup(settings.database_url, asked.file)
        return f"The database is copied to {asked.file}."
    database = Database(settings.database_url)
    try:
        if asked.command == "restore":
            if upkeep.counts(database) and not asked.replace:
                raise BackupError(
                    "The database holds lessons, which would be lost: say --replace if they may be."
                )
            database.close()
            restore(settings.database_url, asked.file)
            return f"The database is as it was when {asked.file} was made."
        if asked.command == "status":
            return _status(upkeep.counts(database))
        if asked.command == "export":
            asked.out.mkdir(parents=True, exist_ok=True)
            found = list(upkeep.lessons(database, asked.collection))
            write_packed(asked.out / "corrections.npz", found)
            write_table(asked.out / "corrections.csv", found)
            return f"{len(found):,} lessons are in {asked.out}: corrections.npz and corrections.csv."
        if asked.command == "import":
            brought = read_lessons(asked.file)
            stored = upkeep.take_in(database, settings, brought)
            return f"{stored:,} of {len(brought):,} lessons are new and stored."
        count = upkeep.make_room(database, asked.collection, asked.teacher)
        return f"{count:,} lessons are deleted."
    finally:
        database.close()


def _status(counts: Sequence[upkeep.Count]) -> str:
    lines = [
        f"{each.collection}, {each.alphabet}: {each.corrections:,} lessons by {each.teachers:,} teachers, "
        f"{each.stored_bytes / 1024:,.0f} KiB"
        for each in counts
    ]
    return "\n".join(lines) or "Nothing is kept."


def _failed(sentence: str) -> int:
    print(f"error: {sentence}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
