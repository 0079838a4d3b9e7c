using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Functions;

internal delegate Value FunctionBody(Arguments arguments);
