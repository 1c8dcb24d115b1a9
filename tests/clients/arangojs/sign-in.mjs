import { Database } from 'arangojs';
import { assert, refused, scenarios } from './scenario.mjs';

const client = (server, name, auth) => new Database({ url: server.url, databaseName: name, auth });

scenarios('sign-in', {
  'a token is given for user and password, and carries requests': async ({ server, name, seen }) => {
    const db = client(server, name);
    const token = await db.login(server.user, server.password);
    assert.equal(token.split('.').length, 3);
    await db.createCollection('things');
    assert.equal((await seen.get('collection/things')).status, 200);
  },
  'a token says whom it is for and until when': async ({ server, name, seen }) => {
    const token = await client(server, name).login(server.user, server.password);
    const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    assert.equal(claims.iss, 'arangodb');
    assert.equal(claims.preferred_username, server.user);
    assert(claims.exp > Date.now() / 1000);
    assert.equal((await seen.get('database/current')).body.result.name, name);
  },
  'a wrong password gets no token': async ({ server, name, seen }) => {
    const error = await client(server, name).login(server.user, 'wrong').then(() => null, error => error);
    assert.equal(error.code, 401);
    assert.equal((await seen.get('database/current')).status, 200);
  },
  'basic authentication carries requests': async ({ server, name, seen }) => {
    await client(server, name, { username: server.user, password: server.password }).createCollection('things');
    assert.equal((await seen.get('collection/things')).status, 200);
  },
  'nothing is done without authentication': async ({ server, name, seen }) => {
    const error = await refused(11, client(server, name, { token: 'x.y.z' }).createCollection('things'));
    assert.equal(error.code, 401);
    assert.equal((await seen.get('collection/things')).status, 404);
  },
});

scenarios('faults', {
  'an expired token is refused, and a new one is not': async ({ server, name, seen }) => {
    const db = client(server, name);
    await db.login(server.user, server.password);
    await server.expireTokens();
    assert.equal((await refused(11, db.createCollection('things'))).code, 401);
    await db.login(server.user, server.password);
    await db.createCollection('things');
    assert.equal((await seen.get('collection/things')).status, 200);
  },
}, { onlyStandIn: true });
