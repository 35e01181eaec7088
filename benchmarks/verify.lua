-- One request of the load: a token chosen uniformly from the file, and the caller's own key.
local tokens, verifier, path = {}, "", "/v1/verify"
function init(args)
  for line in io.lines(args[1] .. "/tokens") do tokens[#tokens + 1] = line end
  verifier = io.open(args[1] .. "/verifier"):read("*l")
  path = args[2]
  math.randomseed(os.time())
end
function request()
  local body = '{"token":"' .. tokens[math.random(#tokens)] .. '","api":"load","required_scopes":["t:all"]}'
  return wrk.format("POST", path, { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. verifier }, body)
end
function done(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %.1f %d\n", summary.requests / (summary.duration / 1e6), failed))
end
