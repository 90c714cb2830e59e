-- Speaks the engine protocol: reads one request a line, writes one reply a line.

package.path = (arg[0]:match("^.*[/\\]") or "./") .. "?.lua;" .. package.path -- what stands beside this file
local Value = require("engine")
local json = require("json")

local OPERATIONS = {
  add = function(x, y) return x + y end,
  sub = function(x, y) return x - y end,
  mul = function(x, y) return x * y end,
  div = function(x, y) return x / y end,
  pow = function(x, y) return x ^ y end,
  neg = function(x) return -x end,
}
for _, name in ipairs({ "max", "min", "exp", "log", "tanh", "relu", "sigmoid", "sqrt", "abs", "sin", "cos" }) do
  OPERATIONS[name] = Value[name]
end
local ABOUT = '{"engine":"the example in Lua","protocol":1,"repeatedBackward":"accumulate","again":true,"operations":'
  .. '["add","sub","mul","div","pow","max","min","neg","exp","log","tanh","relu","sigmoid","sqrt","abs","sin","cos",'
  .. '"pow-of-nodes"]}'
local NUMBERS = { NaN = 0 / 0, Infinity = math.huge, ["-Infinity"] = -math.huge, ["-0"] = -0.0 } -- JSON has none of these

local nodes, programs = {}, {}

local function node(name)
  return nodes[name] or error("unknown node '" .. tostring(name) .. "'", 0)
end

-- Never an integer.
local function number(x)
  return (NUMBERS[x] or x) * 1.0
end

-- A text is the name of a node or, if there is none, a number such as "NaN".
local function operand(x)
  if type(x) == "number" then return x end
  return nodes[x] or NUMBERS[x] or node(x)
end

-- Each carries out an instruction; some have readings to give, which they add to those before.
local DO = {
  describe = function(_, readings) readings[#readings + 1] = ABOUT end,
  reset = function() nodes = {} end,
  leaf = function(it) nodes[it.to] = Value.new(number(it.data)) end,
  backward = function(it) node(it.of):backward() end,
  setData = function(it) node(it.of).data = number(it.data) end,
  zeroGrad = function(it)
    for _, name in ipairs(it.of) do node(name).grad = 0.0 end
  end,
  read = function(it, readings)
    for _, name in ipairs(it.of) do
      local data, grad = json.number(node(name).data), json.number(node(name).grad)
      readings[#readings + 1] = '{"data":' .. data .. ',"grad":' .. grad .. "}"
    end
  end,
}

local function carry_out(it, readings)
  if DO[it["do"]] then return DO[it["do"]](it, readings) end
  local operation = OPERATIONS[it["do"]] or error("unknown instruction " .. it["do"], 0)
  local x, y = operand(it.of[1]), it.of[2] and operand(it.of[2])
  nodes[it.to] = operation(x, y)
end

local function answer(request)
  local program = request.again and programs[request.again] or request.program
  if request.keep then programs[request.keep] = program end
  local at, readings = 0, {}
  local is_right, why = pcall(function()
    for i, each in ipairs(program) do
      at = i - 1
      carry_out(each, readings)
    end
  end)
  local id = ('{"id":%d,'):format(request.id)
  if is_right then return id .. '"readings":[' .. table.concat(readings, ",") .. "]}" end
  return id .. '"error":{"at":' .. at .. ',"message":' .. json.text(tostring(why)) .. "}}"
end

for line in io.lines() do
  io.write(answer(json.parse(line)), "\n")
  io.flush()
end
