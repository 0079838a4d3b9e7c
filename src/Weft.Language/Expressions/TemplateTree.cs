using System.Text.Json.Nodes;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions;

/// <summary>
/// A tree of data in which every text is a template, compiled once: <c>with</c>, <c>params</c>, <c>outputs</c>. Names of members
/// are never templates. It never changes, and many threads may evaluate it at once.
/// </summary>
public sealed class TemplateTree
{
    private readonly Node _root;

    private TemplateTree(JsonNode? source) => _root = Compile(source, "");

    /// <summary>Compiles every text of a tree.</summary>
    /// <exception cref="ExpressionException">A text can't be read; the message begins with its place.</exception>
    public static TemplateTree Parse(JsonNode? source) => new(source);

    /// <summary>Evaluates every text; one that is one expression keeps its type.</summary>
    /// <returns>A new tree that the caller owns, and the warnings of all its texts.</returns>
    /// <exception cref="ExpressionException">A text can't be evaluated; the message begins with its place.</exception>
    public EvaluatedValue Evaluate(ExpressionScope scope, TemplateOptions? options = null)
    {
        var warnings = new List<TemplateWarning>();
        return new EvaluatedValue(_root.Evaluate(scope, options, warnings), warnings);
    }

    private static T At<T>(string place, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (TemplateException exception) when (place.Length > 0)
        {
            throw new ExpressionException(exception.Code, $"{place}: {exception.Message}", exception);
        }
    }

    private static Node Compile(JsonNode? source, string place)
    {
        switch (source)
        {
            case JsonObject json:
                return new ObjectNode([.. json.Select(x => (x.Key, Compile(x.Value, place.Length == 0 ? x.Key : $"{place}.{x.Key}")))]);
            case JsonArray array:
                return new ArrayNode([.. array.Select((x, i) => Compile(x, $"{place}[{i}]"))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && Template.HasTags(text):
                return new TemplateNode(place, At(place, () => Template.Parse(text)));
            default:
                return new DataNode(source?.DeepClone());
        }
    }

    private abstract class Node
    {
        public abstract JsonNode? Evaluate(ExpressionScope scope, TemplateOptions? options, List<TemplateWarning> warnings);
    }

    private sealed class DataNode(JsonNode? value) : Node
    {
        public override JsonNode? Evaluate(ExpressionScope scope, TemplateOptions? options, List<TemplateWarning> warnings) =>
            value?.DeepClone();
    }

    private sealed class TemplateNode(string place, Template template) : Node
    {
        public override JsonNode? Evaluate(ExpressionScope scope, TemplateOptions? options, List<TemplateWarning> warnings)
        {
            var result = At(place, () => template.Evaluate(scope, options));
            warnings.AddRange(result.Warnings);
            return result.Value;
        }
    }

    private sealed class ArrayNode(Node[] items) : Node
    {
        public override JsonNode? Evaluate(ExpressionScope scope, TemplateOptions? options, List<TemplateWarning> warnings) =>
            new JsonArray([.. items.Select(x => x.Evaluate(scope, options, warnings))]);
    }

    private sealed class ObjectNode((string Name, Node Value)[] members) : Node
    {
        public override JsonNode? Evaluate(ExpressionScope scope, TemplateOptions? options, List<TemplateWarning> warnings)
        {
            var json = new JsonObject();
            foreach (var (name, value) in members)
            {
                json[name] = value.Evaluate(scope, options, warnings);
            }

            return json;
        }
    }
}
