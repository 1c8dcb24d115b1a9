#!/usr/bin/python3
"""Publishes one order intent as any Python service would (Debian's python3-pika), and prints what becomes of it.

    S4_RABBITMQ_URI=amqp://s4-publisher:...@127.0.0.1:5672/ python3 publish.py '{"intent_id":"p-1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01"}'

Sending the same intent again is safe, also after a crash: it takes effect once and has the same answer.
An order that rests is answered when it ends; the header S4-Reply-When: ACCEPTED asks for the answer at once.
"""
import json
import os
import sys
import uuid

import pika

PATIENCE = 30  # seconds that the answer is waited for


def main(intent: str) -> None:
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["S4_RABBITMQ_URI"]))
    channel = connection.channel()
    channel.confirm_delivery()

    # Answers come to an exchange of our own, which ends with this connection.
    replies = f"reply.python.{uuid.uuid4()}"
    channel.exchange_declare(replies, "fanout", durable=False, auto_delete=True)
    channel.queue_declare(replies, exclusive=True, auto_delete=True)
    channel.queue_bind(replies, replies)

    # Raises UnroutableError where no queue takes it, and NackError where the broker refuses it: the intent was NOT taken then.
    channel.basic_publish(
        "order-intent",
        "",
        intent.encode(),
        pika.BasicProperties(
            content_type="application/json",
            delivery_mode=2,
            headers={"MT-Response-Address": f"exchange:{replies}?temporary=true", "RequestId": str(uuid.uuid4())},
        ),
        mandatory=True,
    )
    print("acknowledged", file=sys.stderr)

    for method, _, body in channel.consume(replies, auto_ack=True, inactivity_timeout=PATIENCE):
        if method is None:
            sys.exit(f"no answer within {PATIENCE} s; the intent stands, ask again with the same intent_id")
        print(json.dumps(json.loads(body)["message"]["result"]))
        break
    connection.close()


main(sys.argv[1])
