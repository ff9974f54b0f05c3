"""Orders and products."""

from datetime import timedelta

import pytest

from common.domain.orders import PRODUCTS, OrderNumber, find_product
from common.domain.orders import Order as DomainOrder
from common.domain.users import OpenId, User, UserId
from tests.builders import NOW, an_order

HAN = User(UserId("u_han"), OpenId("oHan"), created_at=NOW)


def test_price_and_credits_are_fixed_in_the_order_when_it_is_opened():
    product = PRODUCTS[1]

    order = DomainOrder.of(
        product, HAN, number=OrderNumber("M1"), provider="v3", now=NOW, lifetime=timedelta(minutes=30)
    )

    assert (order.amount_fen, order.credits, order.description) == (product.amount_fen, product.credits, product.name)
    assert (order.user_id, order.openid, order.state) == ("u_han", "oHan", "created")
    assert order.expires_at - order.created_at == timedelta(minutes=30)


@pytest.mark.parametrize("product", PRODUCTS)
def test_product_is_found_by_its_id_and_costs_something(product):
    assert find_product(product.id) == product
    assert product.amount_fen > 0
    assert product.credits > 0


def test_larger_products_are_cheaper_by_the_credit():
    prices = [product.amount_fen / product.credits for product in PRODUCTS]

    assert prices == sorted(prices, reverse=True)


def test_product_is_not_found_when_its_id_is_unknown():
    assert find_product("credits_0") is None


def test_builder_gives_a_paid_order_when_asked():
    assert (an_order(paid=True).state, an_order().state) == ("granted", "created")
