-- As much of JSON as the protocol needs: objects, lists, texts and numbers.

local json = {}

local ESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

-- Reads a text, from behind its first quote; gives it, and where to go on.
local function text(line, i)
  local parts = {}
  while true do
    local plain, at = line:match('^([^"\\]*)()', i)
    parts[#parts + 1] = plain
    local c = line:sub(at, at)
    if c == '"' then return table.concat(parts), at + 1 end
    if c == "" then error("a text without an end") end
    local escape = line:sub(at + 1, at + 1)
    i = at + 2
    if escape == "u" then
      local code = tonumber(line:sub(i, i + 3), 16)
      i = i + 4
      local low = line:match("^\\u([dD][c-fC-F]%x%x)", i)
      if code >= 0xd800 and code < 0xdc00 and low then -- two halves of one character
        code = 0x10000 + (code - 0xd800) * 0x400 + tonumber(low, 16) - 0xdc00
        i = i + 6
      end
      parts[#parts + 1] = utf8.char(code)
    else
      parts[#parts + 1] = ESCAPES[escape] or escape
    end
  end
end

local value

-- Reads what stands between brackets, with commas between; gives where to go on.
local function each(line, i, close, item)
  if line:sub(i, i) == close then return i + 1 end
  while true do
    i = item(i)
    local c = line:sub(i, i)
    i = i + 1
    if c == close then return i end
    if c ~= "," then error("expected , or " .. close .. " in JSON") end
  end
end

-- Reads a value; gives it, and where to go on.
function value(line, i)
  local c = line:sub(i, i)
  local found = {}
  if c == "{" then
    i = each(line, i + 1, "}", function(at)
      local name, colon = text(line, at + 1)
      found[name], at = value(line, colon + 1)
      return at
    end)
    return found, i
  elseif c == "[" then
    i = each(line, i + 1, "]", function(at)
      found[#found + 1], at = value(line, at)
      return at
    end)
    return found, i
  elseif c == '"' then
    return text(line, i + 1)
  end
  local digits, after = line:match("^([-+.%deE]+)()", i)
  if digits == nil then error("expected JSON") end
  return tonumber(digits), after
end

-- Reads a line.
function json.parse(line)
  return (value(line, 1))
end

-- Writes a text.
function json.text(x)
  return '"' .. x:gsub('["\\]', "\\%0"):gsub("%c", function(c) return ("\\u%04x"):format(c:byte()) end) .. '"'
end

-- Writes a number: one that JSON has not, as a text.
function json.number(x)
  if x ~= x then return '"NaN"' end
  if x == math.huge then return '"Infinity"' end
  if x == -math.huge then return '"-Infinity"' end
  return ("%.17g"):format(x)
end

return json
