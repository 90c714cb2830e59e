// Speaks the engine protocol: reads one request a line, writes one reply a line.
// Build: go build -o adapter adapter.go engine.go
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
)

var binary = map[string]func(x, y *Value) *Value{
	"add": (*Value).Add, "sub": (*Value).Sub, "mul": (*Value).Mul, "div": (*Value).Div, "pow": (*Value).Pow,
	"max": (*Value).Max, "min": (*Value).Min,
}

var unary = map[string]func(x *Value) *Value{
	"neg": (*Value).Neg, "exp": (*Value).Exp, "log": (*Value).Log, "tanh": (*Value).Tanh, "relu": (*Value).Relu,
	"sigmoid": (*Value).Sigmoid, "sqrt": (*Value).Sqrt, "abs": (*Value).Abs, "sin": (*Value).Sin, "cos": (*Value).Cos,
}

// number is a float64 that travels as a text where JSON has no number for it.
type number float64

func (x number) MarshalJSON() ([]byte, error) {
	switch data := float64(x); {
	case math.IsNaN(data):
		return []byte(`"NaN"`), nil
	case math.IsInf(data, 0):
		return json.Marshal(map[bool]string{true: "Infinity", false: "-Infinity"}[data > 0])
	default:
		return json.Marshal(data)
	}
}

func (x *number) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		text = text[1 : len(text)-1]
	}
	data, err := strconv.ParseFloat(string(text), 64) // reads "NaN" and "-Infinity" as well
	*x = number(data)
	return err
}

// operands are names and numbers; a mere name is a list of itself.
type operands []any

func (of *operands) UnmarshalJSON(text []byte) error {
	if text[0] != '[' {
		text = []byte("[" + string(text) + "]")
	}
	return json.Unmarshal(text, (*[]any)(of))
}

type instruction struct {
	Do   string
	To   string
	Of   operands
	Data number
}

type request struct {
	ID      int
	Program []instruction
	Keep    *string
	Again   *string
}

type reading struct {
	Data number `json:"data"`
	Grad number `json:"grad"`
}

type fault struct {
	At      int    `json:"at"`
	Message string `json:"message"`
}

var (
	nodes    = map[string]*Value{}
	programs = map[string][]instruction{}
)

func node(name any) (*Value, error) {
	text, _ := name.(string)
	if found, ok := nodes[text]; ok {
		return found, nil
	}
	return nil, fmt.Errorf("unknown node %q", text)
}

// operand takes a text for the name of a node or, if there is none, for a number such as "NaN".
func operand(x any) (*Value, error) {
	if data, ok := x.(float64); ok {
		return Leaf(data), nil
	}
	found, err := node(x)
	if err != nil {
		switch x {
		case "NaN", "Infinity", "-Infinity", "-0":
			data, _ := strconv.ParseFloat(x.(string), 64)
			return Leaf(data), nil
		}
	}
	return found, err
}

func about() any {
	operations := []string{"pow-of-nodes"}
	for name := range binary {
		operations = append(operations, name)
	}
	for name := range unary {
		operations = append(operations, name)
	}
	sort.Strings(operations) // a map gives them in another order each time
	return map[string]any{
		"engine": "the example in Go", "protocol": 1, "repeatedBackward": "accumulate", "again": true,
		"operations": operations,
	}
}

// carryOut carries out an instruction, and gives its readings.
func carryOut(each instruction) (readings []any, err error) {
	switch each.Do {
	case "describe":
		return []any{about()}, nil
	case "reset":
		nodes = map[string]*Value{}
		return nil, nil
	case "leaf":
		nodes[each.To] = Leaf(float64(each.Data))
		return nil, nil
	case "backward", "setData", "zeroGrad", "read":
		for _, name := range each.Of {
			found, err := node(name)
			if err != nil {
				return nil, err
			}
			switch each.Do {
			case "backward":
				found.Backward()
			case "setData":
				found.Data = float64(each.Data)
			case "zeroGrad":
				found.Grad = 0
			case "read":
				readings = append(readings, reading{number(found.Data), number(found.Grad)})
			}
		}
		return readings, nil
	}
	of := make([]*Value, len(each.Of))
	for i, x := range each.Of {
		if of[i], err = operand(x); err != nil {
			return nil, err
		}
	}
	if operation, ok := binary[each.Do]; ok && len(of) == 2 {
		nodes[each.To] = operation(of[0], of[1])
	} else if operation, ok := unary[each.Do]; ok && len(of) == 1 {
		nodes[each.To] = operation(of[0])
	} else {
		return nil, fmt.Errorf("unknown instruction %s of %d operands", each.Do, len(of))
	}
	return nil, nil
}

func answer(line []byte) any {
	var asked request
	refused := func(at int, err error) any {
		return map[string]any{"id": asked.ID, "error": fault{at, err.Error()}}
	}
	if err := json.Unmarshal(line, &asked); err != nil {
		return refused(0, err)
	}
	if asked.Again != nil {
		asked.Program = programs[*asked.Again]
	}
	if asked.Keep != nil {
		programs[*asked.Keep] = asked.Program
	}
	readings := []any{} // an empty list, and not null
	for at, each := range asked.Program {
		more, err := carryOut(each)
		if err != nil {
			return refused(at, err)
		}
		readings = append(readings, more...)
	}
	return map[string]any{"id": asked.ID, "readings": readings}
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	replies := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if err := replies.Encode(answer(line)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if err != nil {
			return // nothing more is asked
		}
	}
}
