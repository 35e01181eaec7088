-- Asks Bitting about a request, for HAProxy 2.6: see haproxy.md.

local address = "abns@bitting-" .. os.getenv("BITTING_GATEWAY_LISTEN")
local url = "http://bitting/v1/authorize/" .. os.getenv("BITTING_API")
local gateway_key = os.getenv("BITTING_GATEWAY_KEY")

local identity = {
  "x-bitting-key", "x-bitting-organization", "x-bitting-scopes", "x-bitting-scopes-omitted"
}
-- What of a refusal is for the client.
local told = { "content-type", "www-authenticate", "retry-after", "cache-control" }
local problem_bytes_max = 8192
local refusals = { [400] = true, [401] = true, [403] = true, [429] = true, [503] = true }
-- These are about the client's own connection, or nobody's business.
local kept_back = {
  "connection", "content-length", "cookie", "expect", "keep-alive", "te", "trailer",
  "transfer-encoding"
}

-- The one value of a header, or nil if there is none, or more than one.
local function only(headers, name)
  local values = headers and headers[name]
  if values and values[0] and values[0] ~= "" and not values[1] then
    return values[0]
  end
  return nil
end

local function question(txn)
  local headers = txn.http:req_get_headers()
  for _, name in ipairs(kept_back) do
    headers[name] = nil
  end
  headers["x-bitting-gateway"] = { [0] = gateway_key }
  headers["x-forwarded-method"] = { [0] = txn.sf:method() }
  headers["x-forwarded-uri"] = { [0] = txn.sf:url() }
  headers["x-forwarded-for"] = { [0] = txn.sf:src() }
  headers["x-forwarded-proto"] = { [0] = txn.f:ssl_fc() == 1 and "https" or "http" }
  return headers
end

local function is_refusal(answer)
  return refusals[answer.status] and #answer.body <= problem_bytes_max
    and only(answer.headers, "content-type") == "application/problem+json"
end

local function refuse(txn, answer)
  local reply = txn:reply({ status = answer.status, body = answer.body })
  for _, name in ipairs(told) do
    local values = answer.headers[name]
    for i = 0, values and #values or -1 do
      reply:add_header(name, values[i])
    end
  end
  txn:done(reply)
end

-- Only its last line lets a request pass: whatever ends it before is a refusal.
core.register_action("bitting", { "http-req" }, function(txn)
  local answer = core.httpclient():get({
    url = url, dst = address, headers = question(txn), timeout = 1500
  })
  if is_refusal(answer) then
    refuse(txn, answer)
  end
  if answer.status ~= 200 then
    return
  end
  for _, name in ipairs(identity) do
    local value = only(answer.headers, name)
    if not value then
      return
    end
    txn.http:req_set_header(name, value)
  end
  txn:set_var("txn.bitting_key", only(answer.headers, "x-bitting-key"))
  txn:set_var("txn.bitting_verdict", "allowed")
end)
