"""Two roles on PostgreSQL: the owner migrates, the application works and cannot alter the journal."""

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.refusal import N_, Refusal


class NoRoles(Refusal):
    message = N_("SQLite không có vai trò người dùng: bỏ --role.")


class NoSuchRole(Refusal):
    message = N_("PostgreSQL không có vai trò “%(role)s”. Tạo trước: CREATE ROLE %(role)s LOGIN PASSWORD '…'")


class NotTheOwner(Refusal):
    message = N_("Lệnh này cần chạy bằng vai trò sở hữu các bảng, không phải bằng vai trò của ứng dụng.")


class OwnerHimself(Refusal):
    message = N_("“%(role)s” sở hữu các bảng nên không hạn chế được. Ứng dụng cần một vai trò khác.")


def grants(role: str, *, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return what lets ``role`` run the application: rows of every table, later tables too; it may not migrate."""
    connection = connections[using]
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema()), quote_ident(current_user)")
        schema, owner = cursor.fetchone()
    rows, numbers = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    later = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
    return [
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {quoted}",
        f"GRANT USAGE ON SCHEMA {schema} TO {quoted}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA {schema} TO {quoted}",
        f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}",
        f"{later} GRANT {rows} ON TABLES TO {quoted}",
        f"{later} GRANT {numbers} ON SEQUENCES TO {quoted}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}",
    ]


def let_work(role: str, *, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Grant ``role`` what the application needs, the journal only to read and add to; return what was said.

    :raises Refusal: no PostgreSQL, no such role, or not the owner's business.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        raise NoRoles
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise NoSuchRole(role=role)
        if not journal.protection_of_journal(using).owns:
            raise NotTheOwner
        cursor.execute(
            "SELECT pg_has_role(%s, relowner, 'MEMBER') FROM pg_class WHERE oid = 'journal_entry'::regclass", [role]
        )
        if cursor.fetchone()[0]:
            raise OwnerHimself(role=role)
    said = grants(role, using=using)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in said:
            cursor.execute(statement)
        journal.grant_to(role, using=using)
        journal.protect_journal(using)
    return said
