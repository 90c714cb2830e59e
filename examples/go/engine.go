package main

import "math"

// Value is a node of a small engine, to be replaced by your own.
type Value struct {
	Data, Grad  float64
	operands    []*Value
	derivatives []float64 // the local derivative towards each operand
}

// Leaf makes a node from nothing but a number.
func Leaf(data float64) *Value { return &Value{Data: data} }

func of1(x *Value, data, derivative float64) *Value {
	return &Value{Data: data, operands: []*Value{x}, derivatives: []float64{derivative}}
}

func of2(x, y *Value, data, dx, dy float64) *Value {
	return &Value{Data: data, operands: []*Value{x, y}, derivatives: []float64{dx, dy}}
}

func (x *Value) Add(y *Value) *Value { return of2(x, y, x.Data+y.Data, 1, 1) }

func (x *Value) Sub(y *Value) *Value { return of2(x, y, x.Data-y.Data, 1, -1) }

func (x *Value) Mul(y *Value) *Value { return of2(x, y, x.Data*y.Data, y.Data, x.Data) }

func (x *Value) Div(y *Value) *Value {
	return of2(x, y, x.Data/y.Data, 1/y.Data, -x.Data/y.Data/y.Data)
}

func (x *Value) Pow(y *Value) *Value {
	out := math.Pow(x.Data, y.Data)
	dx, dy := 0.0, 0.0
	if y.Data != 0 {
		dx = y.Data * math.Pow(x.Data, y.Data-1)
	}
	if x.Data != 0 || y.Data <= 0 {
		dy = out * math.Log(x.Data)
	}
	return of2(x, y, out, dx, dy)
}

func (x *Value) Max(y *Value) *Value {
	if x.Data > y.Data {
		return of2(x, y, x.Data, 1, 0)
	}
	return of2(x, y, y.Data, 0, 1)
}

func (x *Value) Min(y *Value) *Value {
	if x.Data < y.Data {
		return of2(x, y, x.Data, 1, 0)
	}
	return of2(x, y, y.Data, 0, 1)
}

func (x *Value) Neg() *Value { return of1(x, -x.Data, -1) }

func (x *Value) Exp() *Value {
	out := math.Exp(x.Data)
	return of1(x, out, out)
}

func (x *Value) Log() *Value { return of1(x, math.Log(x.Data), 1/x.Data) }

func (x *Value) Tanh() *Value {
	out := math.Tanh(x.Data)
	return of1(x, out, 1-out*out)
}

func (x *Value) Relu() *Value {
	if x.Data > 0 {
		return of1(x, x.Data, 1)
	}
	return of1(x, 0, 0)
}

func (x *Value) Sigmoid() *Value {
	out := 1 / (1 + math.Exp(-x.Data))
	return of1(x, out, out*(1-out))
}

func (x *Value) Sqrt() *Value {
	out := math.Sqrt(x.Data)
	return of1(x, out, 0.5/out)
}

func (x *Value) Abs() *Value { return of1(x, math.Abs(x.Data), math.Copysign(1, x.Data)) }

func (x *Value) Sin() *Value { return of1(x, math.Sin(x.Data), math.Cos(x.Data)) }

func (x *Value) Cos() *Value { return of1(x, math.Cos(x.Data), -math.Sin(x.Data)) }

// Backward adds to the gradients of the leaves; those of the nodes between begin anew with each pass.
func (x *Value) Backward() {
	order := x.order()
	for _, node := range order {
		if len(node.operands) > 0 {
			node.Grad = 0
		}
	}
	x.Grad++
	for i := len(order) - 1; i >= 0; i-- {
		node := order[i]
		for j, operand := range node.operands {
			operand.Grad += node.derivatives[j] * node.Grad
		}
	}
}

// order gives all that the node was made of, operands first. It does without recursion: a graph may be deep.
func (x *Value) order() []*Value {
	type step struct {
		node *Value
		next int // the operand to look at
	}
	var order []*Value
	seen := map[*Value]bool{x: true}
	path := []step{{node: x}}
	for len(path) > 0 {
		last := &path[len(path)-1]
		if last.next == len(last.node.operands) {
			order = append(order, last.node)
			path = path[:len(path)-1]
			continue
		}
		operand := last.node.operands[last.next]
		last.next++
		if !seen[operand] {
			seen[operand] = true
			path = append(path, step{node: operand})
		}
	}
	return order
}
