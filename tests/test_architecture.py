import ast
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from index.article import DEFAULT_ARTICLE

ROOT = Path(__file__).parents[1]
MODULES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "index").rglob("*.py")])


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, anywhere in it, for whatever purpose."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def libraries(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def importers(library: str) -> list[str]:
    found = [path for path in MODULES if library in libraries(path)]
    return [path.relative_to(ROOT).as_posix() for path in found]


def test_every_module_is_looked_at() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in MODULES}
    assert {"bot/cli/command.py", "index/article.py", "bot/reader/sentence_reader.py"} <= names


def test_index_knows_nothing_of_the_bot() -> None:
    forbidden = {"bot", "telegram", "pydantic", "pydantic_settings", "click", "rich"}
    for path in MODULES:
        if path.is_relative_to(ROOT / "index"):
            assert libraries(path) & forbidden == set(), path.name


def test_imports_are_absolute() -> None:
    relative = [path.name for path in MODULES if any(n.startswith(".") for n in imported(path))]
    assert relative == []


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("sentence_transformers", "index/sentence_transformers_model.py"),
        ("faiss", "index/vectors.py"),
        ("bm25s", "index/lexical.py"),
        ("Stemmer", "index/lexical.py"),
        ("markdown_it", "index/markdown.py"),
        ("sentencex", "index/sentences.py"),
        ("py3langid", "index/language.py"),
        ("scipy", "bot/reader/calibrate.py"),
        ("sklearn", "bot/reader/calibrate.py"),
        ("starlette", "bot/telegram_app/web.py"),
        ("uvicorn", "bot/telegram_app/web.py"),
        ("prometheus_client", "bot/telegram_app/metrics.py"),
        ("regex", "bot/text_bounds.py"),
    ],
)
def test_a_heavy_library_has_one_door(library: str, door: str) -> None:
    assert importers(library) == [door]


def test_telegram_has_one_package() -> None:
    assert [path for path in importers("telegram") if "telegram_app/" not in path] == []


def test_each_database_has_one_package() -> None:
    packages = ("bot/telegram_app/store/", "index/library/")
    found = importers("sqlite3")
    assert all(any(path.startswith(package) for path in found) for package in packages)
    # What any database in a file needs stands apart, once.
    assert [path for path in found if not path.startswith(packages)] == ["index/sqlite_file.py"]


@pytest.mark.parametrize("library", ["pickle", "cPickle", "dill", "joblib", "shelve", "marshal"])
def test_nothing_is_pickled(library: str) -> None:
    assert importers(library) == []


def test_no_file_shadows_a_library() -> None:
    assert {path.stem for path in MODULES} & {"telegram", "faiss", "torch", "numpy"} == set()


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return {*done.stdout.split()}


def test_the_command_starts_without_heavy_libraries() -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "faiss", "numpy", "bm25s", "scipy"}
    heavy |= {"pydantic", "pydantic_settings", "rich", "telegram", "prompt_toolkit", "markdown_it"}
    heavy |= {"onnxruntime", "tokenizers", "sklearn"}
    heavy |= {"starlette", "uvicorn", "prometheus_client", "httpx", "regex", "sqlite3"}
    loaded = loaded_by("bot.cli")
    assert "click" in loaded
    assert heavy & loaded == set()


@pytest.mark.parametrize(
    "module", ["bot.settings", "index.article", "bot.pipeline", "bot.reader.opening"]
)
def test_no_module_loads_the_weights_library_by_being_imported(module: str) -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "faiss", "bm25s", "telegram"}
    heavy |= {"onnxruntime", "tokenizers", "scipy", "sklearn"}
    assert heavy & loaded_by(module) == set()


def test_the_packaged_article_is_the_published_one_byte_for_byte() -> None:
    assert hashlib.sha256(DEFAULT_ARTICLE.read_bytes()).hexdigest() == (
        "c63b024508d18f48df1088d793348e07688800752c129a4dd3b694fa6df0746d"
    )
