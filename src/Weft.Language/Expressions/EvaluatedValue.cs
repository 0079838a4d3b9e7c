using System.Text.Json.Nodes;
using Weft.Language.Expressions.Syntax;

namespace Weft.Language.Expressions;

/// <summary>An evaluated value.</summary>
/// <param name="Value">The value; null is JSON null.</param>
/// <param name="Warnings">The paths that led to nothing, in lenient mode.</param>
public sealed record EvaluatedValue(JsonNode? Value, IReadOnlyList<TemplateWarning> Warnings);
