using System.Text.RegularExpressions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Shapes;

/// <summary>Checks that a JSON Schema is one, so that it cannot fail when it is needed.</summary>
internal static class SchemaCheck
{
    private static readonly string[] Types = ["array", "boolean", "integer", "null", "number", "object", "string"];
    private static readonly string[] Schemas = ["additionalProperties", "items", "additionalItems", "contains", "not", "if", "then", "else",
        "propertyNames", "unevaluatedItems", "unevaluatedProperties"];
    private static readonly string[] SchemaLists = ["allOf", "anyOf", "oneOf", "prefixItems"];
    private static readonly string[] SchemaMaps = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];
    private static readonly string[] Counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
        "minContains", "maxContains"];
    private static readonly string[] Numbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    /// <summary>Reports every fault of a schema.</summary>
    public static void Check(SourceMap schema, DiagnosticBag bag)
    {
        foreach (var (key, value) in schema.Entries)
        {
            var name = key.Text;
            if (name == "type")
            {
                CheckType(value, bag);
            }
            else if (name is "required" or "enum")
            {
                CheckNames(name, value, bag);
            }
            else if (name == "pattern")
            {
                CheckPattern(value, bag);
            }
            else if (Counts.Contains(name) && !(value is SourceScalar { ScalarKind: ScalarKind.Integer } count && count.Text[0] != '-'))
            {
                Fault(bag, value, $"'{name}' must be a whole number, 0 or more.");
            }
            else if (Numbers.Contains(name)
                && value is not SourceScalar { ScalarKind: ScalarKind.Integer or ScalarKind.Float or ScalarKind.Bool })
            {
                Fault(bag, value, $"'{name}' must be a number.");
            }
            else if (Schemas.Contains(name))
            {
                CheckOne(name, value, bag);
            }
            else if (SchemaLists.Contains(name))
            {
                CheckList(name, value, bag);
            }
            else if (SchemaMaps.Contains(name))
            {
                CheckMap(name, value, bag);
            }
        }
    }

    private static void CheckType(SourceNode value, DiagnosticBag bag)
    {
        foreach (var type in value is SourceList list ? list.Items : [value])
        {
            var text = (type as SourceScalar)?.Text;
            if (text is null || !Types.Contains(text))
            {
                Fault(bag, type,
                    $"'type' must be one of "
                    + $"{string.Join(", ", Types)}{(text is null ? "." : $", not '{text.Clip(60)}'.{NearMiss.Hint(text, Types)}")}");
            }
        }
    }

    private static void CheckNames(string name, SourceNode value, DiagnosticBag bag)
    {
        if (value is SourceScalar { ScalarKind: ScalarKind.Bool } && name == "required")
        {
            Fault(bag, value, "'required' must be a list of property names; it stands beside 'properties', not in a property.");
        }
        else if (value is not SourceList list)
        {
            Fault(bag, value, $"'{name}' must be a list, not {value.Kind}.");
        }
        else if (name == "required" && list.Items.FirstOrDefault(i => i is not SourceScalar) is { } item)
        {
            Fault(bag, item, "'required' must hold names of properties.");
        }
    }

    private static void CheckPattern(SourceNode value, DiagnosticBag bag)
    {
        if (value is not SourceScalar pattern)
        {
            Fault(bag, value, "'pattern' must be text.");
            return;
        }

        try
        {
            _ = new Regex(pattern.Text, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            try
            {
                _ = new Regex(pattern.Text, RegexOptions.None, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException e)
            {
                bag.Error(DiagnosticCodes.BadPattern, pattern, $"The pattern is not a regular expression: {Reason(e.Message)}");
            }
        }
    }

    private static string Reason(string message)
    {
        var colon = message.IndexOf("'. ", StringComparison.Ordinal);
        var at = message.LastIndexOf(" at offset ", StringComparison.Ordinal);
        return at >= 0 && message.IndexOf(". ", at, StringComparison.Ordinal) is var dot and >= 0 ? message[(dot + 2)..]
            : colon >= 0 ? message[(colon + 3)..] : message;
    }

    private static void CheckOne(string name, SourceNode value, DiagnosticBag bag)
    {
        switch (value)
        {
            case SourceMap map:
                Check(map, bag);
                break;
            case SourceScalar { ScalarKind: ScalarKind.Bool }:
                break;
            case SourceList list when name == "items":
                CheckList(name, list, bag);
                break;
            default:
                Fault(bag, value, $"'{name}' must be a schema, not {value.Kind}.");
                break;
        }
    }

    private static void CheckList(string name, SourceNode value, DiagnosticBag bag)
    {
        if (value is not SourceList { Items.Count: > 0 } list)
        {
            Fault(bag, value, $"'{name}' must be a list of schemas.");
            return;
        }

        foreach (var item in list.Items)
        {
            CheckOne(name, item, bag);
        }
    }

    private static void CheckMap(string name, SourceNode value, DiagnosticBag bag)
    {
        if (value is not SourceMap map)
        {
            Fault(bag, value, $"'{name}' must be a mapping of schemas, not {value.Kind}.");
            return;
        }

        foreach (var (key, item) in map.Entries)
        {
            CheckOne(key.Text, item, bag);
        }
    }

    private static void Fault(DiagnosticBag bag, SourceNode at, string message) =>
        bag.Error(DiagnosticCodes.BadSchema, at, $"This is not a JSON Schema: {message}");
}
