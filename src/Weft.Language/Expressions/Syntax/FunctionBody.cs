using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

internal delegate Value FunctionBody(Arguments arguments);
