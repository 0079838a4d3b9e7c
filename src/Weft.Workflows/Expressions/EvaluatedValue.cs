using System.Text.Json.Nodes;
using Weft.Workflows.Expressions.Parsing;
using Weft.Workflows.Expressions.Syntax;
using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions;

/// <summary>An evaluated value.</summary>
/// <param name="Value">The value; null is JSON null.</param>
/// <param name="Warnings">The paths that led to nothing, in lenient mode.</param>
public sealed record EvaluatedValue(JsonNode? Value, IReadOnlyList<TemplateWarning> Warnings);
