-- For wrk: asks as a gateway about requests whose tokens are drawn uniformly from a file, all lines of one length.
-- Arguments: a number to draw by, the file, the gateway's token.

function init(args)
  local file = assert(io.open(args[2]))
  tokens = file:read("*a")
  file:close()
  width = tokens:find("\n")
  count = #tokens / width
  math.randomseed(tonumber(args[1]))

  head = "GET " .. wrk.path .. " HTTP/1.1\r\n"
    .. "Host: " .. wrk.host .. ":" .. wrk.port .. "\r\n"
    .. "X-Bitting-Gateway: " .. args[3] .. "\r\n"
    .. "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\n"
    .. "X-Forwarded-Uri: /scans/4711?page=2\r\nAccept: application/json\r\nUser-Agent: shop/1.0\r\n"
    .. "Authorization: Bearer "
end

function request()
  local at = math.random(0, count - 1) * width
  return head .. tokens:sub(at + 1, at + width - 1) .. "\r\n\r\n"
end

-- Microseconds, requests, failures, the latency below which 99 of 100 stayed, and microseconds of processor time.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d\n", summary.duration, summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(99), os.clock() * 1e6))
end
