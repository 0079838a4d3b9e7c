using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Sandbox.Json;

/// <summary>Says what in a value breaks a JSON Schema: the keywords that tools and structured answers use.</summary>
internal sealed class SchemaCheck(SchemaDocument document)
{
    private const int MaxDepth = 64;

    /// <summary>The first fault with its place, or null for a value that fits.</summary>
    public string? Fault(JsonObject schema, JsonNode? value) => Fault(schema, value, "$", 0);

    public bool Fits(JsonObject schema, JsonNode? value) => Fault(schema, value) is null;

    private string? Fault(JsonObject raw, JsonNode? value, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            return null;
        }

        var schema = document.Resolve(raw);
        if (schema.Arr("enum") is { } allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
        {
            return $"{path}: {Show(value)} is not one of {allowed.ToJsonString()}";
        }

        if (schema.ContainsKey("const") && !JsonNode.DeepEquals(schema["const"], value))
        {
            return $"{path}: {Show(value)} is not {Show(schema["const"])}";
        }

        var types = schema.ContainsKey("type") ? SchemaDocument.TypesOf(schema) : [];
        if (types.Count > 0 && !types.Any(type => IsOf(type, value)))
        {
            return $"{path}: expected {string.Join(" or ", types)}, got {Show(value)}";
        }

        return value switch
        {
            JsonObject fields => ObjectFault(schema, fields, path, depth),
            JsonArray items => ArrayFault(schema, items, path, depth),
            JsonValue when value.AsText() is { } text => TextFault(schema, text, path),
            JsonValue when value.AsNumber() is { } number => NumberFault(schema, number, path),
            _ => null,
        } ?? CombinationFault(schema, value, path, depth);
    }

    private string? CombinationFault(JsonObject schema, JsonNode? value, string path, int depth)
    {
        if (schema.Arr("anyOf") is { } any && !any.OfType<JsonObject>().Any(part => Fault(part, value, path, depth + 1) is null))
        {
            return $"{path}: {Show(value)} fits none of anyOf";
        }

        if (schema.Arr("oneOf") is { } one && one.OfType<JsonObject>()
            .Count(part => Fault(part, value, path, depth + 1) is null) is not 1 and var fits)
        {
            return $"{path}: {Show(value)} fits {fits} of oneOf, not one";
        }

        if (schema.Obj("if") is { } condition && schema.Obj(Fault(condition, value, path, depth + 1) is null ? "then"
            : "else") is { } branch
            && Fault(branch, value, path, depth + 1) is { } branchFault)
        {
            return branchFault;
        }

        return schema.Obj("not") is { } not && Fault(not, value, path, depth + 1) is null
            ? $"{path}: {Show(value)} fits what it must not" : null;
    }

    private string? ObjectFault(JsonObject schema, JsonObject fields, string path, int depth)
    {
        if (SchemaDocument.RequiredOf(schema).FirstOrDefault(name => !fields.ContainsKey(name)) is { } missing)
        {
            return $"{path}: the required field '{missing}' is missing";
        }

        var properties = schema.Obj("properties") ?? [];
        foreach (var (name, value) in fields)
        {
            var fault = properties.Obj(name) is { } property ? Fault(property, value, $"{path}.{name}", depth + 1)
                : schema.Obj("additionalProperties") is { } others ? Fault(others, value, $"{path}.{name}", depth + 1)
                : schema.Bool("additionalProperties") == false && !properties.ContainsKey(name) ? $"{path}: the field '{name}' is not known"
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return schema.Int("minProperties") is { } min && fields.Count < min ? $"{path}: has {fields.Count} fields, fewer than {min}" : null;
    }

    private string? ArrayFault(JsonObject schema, JsonArray items, string path, int depth)
    {
        if ((schema.Int("minItems") is { } min && items.Count < min) || (schema.Int("maxItems") is { } max && items.Count > max))
        {
            return $"{path}: has {items.Count} items";
        }

        if (schema.Bool("uniqueItems") == true && items.Select(item => item?.ToJsonString()).Distinct(StringComparer.Ordinal)
            .Count() != items.Count)
        {
            return $"{path}: items repeat";
        }

        return schema.Obj("items") is { } part
            ? items.Select((item, i) => Fault(part, item, $"{path}[{i}]", depth + 1)).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static string? TextFault(JsonObject schema, string text, string path)
    {
        var length = new StringInfo(text).LengthInTextElements;
        return (schema.Int("minLength") is { } min && length < min) || (schema.Int("maxLength") is { } max && length > max)
            ? $"{path}: has {length} characters"
            : schema.Str("pattern") is { } pattern && !Matches(pattern, text)
                ? $"{path}: '{Digest.Clip(text, 40)}' does not match {pattern}"
            : null;
    }

    private static string? NumberFault(JsonObject schema, double number, string path) =>
        schema.Get("minimum").AsNumber() > number || schema.Get("maximum").AsNumber() < number
        || schema.Get("exclusiveMinimum").AsNumber() >= number || schema.Get("exclusiveMaximum").AsNumber() <= number
            ? $"{path}: {number} is out of range"
            : schema.Get("multipleOf").AsNumber() is { } step && step > 0 && Math.Abs((number / step) - Math.Round(number / step)) > 1e-9
                ? $"{path}: {number} is not a multiple of {step}"
            : null;

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("number", JsonValueKind.Number) => true,
        ("integer", JsonValueKind.Number) => value.AsNumber() is { } number && Math.Abs(number - Math.Round(number)) < 1e-9,
        _ => false,
    };

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromMilliseconds(200));
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string Show(JsonNode? value) => Digest.Clip(SandboxJson.Text(value), 80);
}
