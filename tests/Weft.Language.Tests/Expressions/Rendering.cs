using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Tests.Expressions;

/// <summary>Short words for the tests of this folder.</summary>
internal static class Rendering
{
    public static readonly DateTime Noon = new(2025, 11, 20, 12, 30, 5, DateTimeKind.Utc);

    public static ExpressionServices Services { get; } = new()
    {
        UtcNow = () => Noon,
        NewGuid = () => Guid.Parse("11111111-2222-3333-4444-555555555555"),
        ValidateSchema = (name, value) => value is JsonObject json && json["bad"] is null ? [] : [$"{name}: 'bad' is not allowed"],
        CallTool = (names, arguments) => JsonValue.Create($"{string.Join('.', names)}({arguments.ToJsonString()})"),
    };

    public static ExpressionScope Scope(string json = "{}") =>
        ExpressionScope.Of(JsonNode.Parse(json)!.AsObject(), Services);

    public static string Text(string template, string json = "{}", TemplateOptions? options = null) =>
        Template.Parse(template).Render(Scope(json), options).Text;

    /// <summary>The value as JSON.</summary>
    public static string Json(string template, string json = "{}", TemplateOptions? options = null) =>
        Template.Parse(template).Evaluate(Scope(json), options).Value?.ToJsonString(WeftJson.Options) ?? "null";

    public static TemplateException Fault(string template, string json = "{}", TemplateOptions? options = null) =>
        Assert.Throws<TemplateException>(() => Template.Parse(template).Evaluate(Scope(json), options));

    public static bool Holds(string type, string expression, string json = "{}") =>
        CompiledCondition.Parse(type, expression).Evaluate(Scope(json));
}
