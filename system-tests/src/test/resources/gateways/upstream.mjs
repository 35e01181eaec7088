// An API on Node whose router is as forgiving as any: it takes a path apart as a browser does,
// then undoes one disguise after the other, and runs every operation that any of these leads to.
// Argument: its operations, "GET /users/{id}", as a JSON list. Prints its port, ends with its input.
import http from 'node:http';

const operations = JSON.parse(process.argv[2]).map((name) => {
  const [method, path] = name.split(' ');
  const parts = path.split(/\{[^}]*\}/).map((part) => part.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { name, method, literal: parts.join('').length, path: new RegExp(`^${parts.join('[^/]+')}$`, 'su') };
});
operations.sort((one, other) => other.literal - one.literal);

const decoded = (path) => path.replace(/(%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString());

// What a URL library makes of the request target; it resolves dots, and reads \ as /.
function parsed(target) {
  try {
    return new URL(target, 'http://api.example').pathname;
  } catch {
    return target.split(/[?#]/)[0];
  }
}

const disguises = [
  (path) => path.replace(/;[^/]*/g, ''),
  decoded,
  (path) => path.replaceAll('\\', '/').split('\0')[0],
  (path) => parsed(`/${path.replace(/\/+/g, '/').replace(/^\//, '')}`),
  decoded,
  decoded,
  (path) => path.normalize('NFKC').replace(/[\p{Cc}\p{Cf}\p{Mn}]/gu, '').replace(/ß/g, 'ss').toLowerCase(),
  (path) => path.replace(/\/+/g, '/'),
  (path) => path.replace(/[. /]+$/, ''),
  (path) => path.replace(/(?<=[^/])\.[^/]*$/, ''),
];

function readings(target) {
  let path = parsed(target);
  const all = [decoded(target.split(/[?#]/)[0]).toLowerCase(), decoded(path).toLowerCase()];
  for (const undo of disguises) {
    path = undo(path);
    all.push(path.toLowerCase());
  }
  return all;
}

function methods(request) {
  const stated = /[?&;]_method=([^&;#]*)/i.exec(request.url)?.[1]
    ?? request.headers['x-http-method-override'] ?? request.headers['x-http-method'] ?? request.headers['x-method-override']
    ?? request.method;
  const method = stated.toUpperCase();
  return method === 'HEAD' ? ['HEAD', 'GET'] : [method];
}

const ran = {};

const server = http.createServer((request, response) => {
  if (request.url === '/--ran') {
    response.end(JSON.stringify(ran));
    return;
  }
  const target = request.headers['x-original-url'] ?? request.headers['x-rewrite-url'] ?? request.url;
  for (const path of readings(target)) {
    for (const method of methods(request)) {
      const operation = operations.find((one) => one.method === method && one.path.test(path));
      if (operation) {
        ran[`${request.headers['x-bitting-key']} ${operation.name}`] ??= `${request.method} ${request.url.slice(0, 200)}`;
      }
    }
  }
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
