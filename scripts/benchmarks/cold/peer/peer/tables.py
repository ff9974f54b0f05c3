"""The product's tables as mapped classes, as far as the two endpoints need them."""

import os
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    openid: Mapped[str] = mapped_column(String(128), unique=True)
    unionid: Mapped[str | None] = mapped_column(String(128))
    session_key: Mapped[bytes | None] = mapped_column(LargeBinary(512))
    nickname: Mapped[str | None] = mapped_column(String(64))
    avatar_key: Mapped[str | None] = mapped_column(String(160))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Account(Base):
    __tablename__ = "credit_accounts"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    ledger: Mapped[int]
    held: Mapped[int]


class Entry(Base):
    __tablename__ = "credit_ledger"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    entry_key: Mapped[str] = mapped_column(String(160), unique=True)
    reason: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int]
    created_at: Mapped[datetime]


class Order(Base):
    __tablename__ = "orders"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    amount_fen: Mapped[int]
    credits: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    transaction_id: Mapped[str | None] = mapped_column(String(64))
    paid_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


engine = create_engine(os.environ["DATABASE_URL"])
Session = sessionmaker(engine)
