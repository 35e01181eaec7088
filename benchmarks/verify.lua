-- For wrk: asks about tokens drawn uniformly from a file, all lines of one length, with one caller's key.
-- Arguments: a number to draw by, the file, the caller's token, the scope to ask for.
-- The file is kept as one text, so that a million tokens are no work for the collector.

function init(args)
  local file = assert(io.open(args[2]))
  tokens = file:read("*a")
  file:close()
  width = tokens:find("\n")
  count = #tokens / width
  math.randomseed(tonumber(args[1]))

  local before = '{"token":"'
  tail = '","api":"appsec","required_scopes":["' .. args[4] .. '"]}'
  head = "POST " .. wrk.path .. " HTTP/1.1\r\n"
    .. "Host: " .. wrk.host .. ":" .. wrk.port .. "\r\n"
    .. "Authorization: Bearer " .. args[3] .. "\r\n"
    .. "Content-Type: application/json\r\n"
    .. "Content-Length: " .. #before + width - 1 + #tail .. "\r\n\r\n" .. before
end

function request()
  local at = math.random(0, count - 1) * width
  return head .. tokens:sub(at + 1, at + width - 1) .. tail
end

-- Microseconds, requests, failures, the latency below which 99 of 100 stayed, and microseconds of processor time.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d\n", summary.duration, summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(99), os.clock() * 1e6))
end
