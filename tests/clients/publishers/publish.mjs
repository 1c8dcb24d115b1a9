// Publishes one order intent as any Node service would, and prints what becomes of it. No type of S4, only JSON.
//
//   S4_RABBITMQ_URI=amqp://s4-publisher:…@127.0.0.1:5672/ node publish.mjs '{"intent_id":"n-1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01"}'
//
// Sending the same intent again is safe, also after a crash: it takes effect once and has the same answer.
// An order that rests is answered when it ends; the header S4-Reply-When: ACCEPTED asks for the answer at once.
import { randomUUID } from 'node:crypto';
import amqp from 'amqplib';

const intent = process.argv[2];
const patience = 30_000; // ms that the answer is waited for

const connection = await amqp.connect(process.env.S4_RABBITMQ_URI);
const channel = await connection.createConfirmChannel();

// Answers come to an exchange of our own, which ends with this connection.
const replies = `reply.node.${randomUUID()}`;
await channel.assertExchange(replies, 'fanout', { durable: false, autoDelete: true });
const { queue } = await channel.assertQueue(replies, { exclusive: true, autoDelete: true, durable: false });
await channel.bindQueue(queue, replies, '');
const answer = new Promise((resolve, reject) => {
  channel.consume(queue, message => resolve(JSON.parse(message.content).message), { noAck: true });
  setTimeout(() => reject(new Error(`no answer within ${patience / 1000} s; the intent stands, ask again with the same intent_id`)), patience).unref();
});
// A message that no queue takes comes back, and is confirmed all the same: both have to be looked at.
channel.on('return', () => { throw new Error('nothing is bound to order-intent: the intent was NOT taken'); });

channel.publish('order-intent', '', Buffer.from(intent), {
  contentType: 'application/json',
  mandatory: true,
  persistent: true,
  headers: { 'MT-Response-Address': `exchange:${replies}?temporary=true`, RequestId: randomUUID() },
});
await channel.waitForConfirms(); // from here on the intent is acknowledged
console.error('acknowledged');

console.log(JSON.stringify((await answer).result));
await connection.close();
