using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The keywords that ask about texts and numbers, and the reading of numbers.</summary>
internal sealed partial class SchemaRun
{
    private void CheckScalar(JsonObject rules, KeywordGroups groups, JsonValue value)
    {
        var kind = value.GetValueKind();
        if (kind == JsonValueKind.Number && groups.HasFlag(KeywordGroups.Number))
        {
            CheckNumber(rules, value);
        }

        if (kind == JsonValueKind.String && groups.HasFlag(KeywordGroups.Text))
        {
            CheckText(rules, value.GetValue<string>());
        }

        if (kind == JsonValueKind.String && SchemaKeywords.Text(rules, "format") is { } format
            && !SchemaFormats.Holds(format, value.GetValue<string>()))
        {
            Fault($"is not a valid {format}");
        }
    }

    private void CheckText(JsonObject rules, string value)
    {
        if (rules.ContainsKey("minLength") || rules.ContainsKey("maxLength"))
        {
            var length = 0;
            foreach (var _ in value.EnumerateRunes())
            {
                length++;
            }

            AtLeast(rules, "minLength", length, "characters");
            AtMost(rules, "maxLength", length, "characters");
        }

        if (SchemaKeywords.Text(rules, "pattern") is { } pattern && !Matches(pattern, value))
        {
            Fault($"does not match the pattern {pattern}");
        }
    }

    private void CheckNumber(JsonObject rules, JsonValue value)
    {
        var number = Number(value) ?? 0;
        var (least, most) = (Number(rules["minimum"]), Number(rules["maximum"]));
        var above = IsTrue(rules["exclusiveMinimum"]) ? least : Number(rules["exclusiveMinimum"]);
        var below = IsTrue(rules["exclusiveMaximum"]) ? most : Number(rules["exclusiveMaximum"]);
        if (number < least)
        {
            Fault($"must be at least {Text(least.Value)}");
        }

        if (number > most)
        {
            Fault($"must be at most {Text(most.Value)}");
        }

        if (number <= above)
        {
            Fault($"must be more than {Text(above.Value)}");
        }

        if (number >= below)
        {
            Fault($"must be less than {Text(below.Value)}");
        }

        if (Number(rules["multipleOf"]) is > 0 and var step && !IsMultiple(number, step))
        {
            Fault($"must be a multiple of {Text(step)}");
        }
    }

    /// <summary>Whether one number is a multiple of the other, as they are written: 0.3 is one of 0.1.</summary>
    private static bool IsMultiple(double number, double step)
    {
        var times = number / step;
        return double.IsInfinity(times)
            ? Math.IEEERemainder(number, step) == 0
            : Math.Abs(times - Math.Round(times)) <= 1e-9 * Math.Max(1, Math.Abs(times));
    }

    private bool Matches(string pattern, string value)
    {
        if (SchemaPatterns.Find(pattern) is { } regex)
        {
            return regex.IsMatch(value);
        }

        Fault($"its schema has the pattern {pattern}, which needs backtracking or is no regular expression; "
            + "write it without lookarounds and back references");
        return true;
    }

    private void AtLeast(JsonObject rules, string keyword, int count, string what)
    {
        if (_known.HasFlag(KeywordGroups.Validation) && Number(rules[keyword]) is { } least && count < least)
        {
            Fault($"must have at least {Text(least)} {what}, but has {count}");
        }
    }

    private void AtMost(JsonObject rules, string keyword, int count, string what)
    {
        if (_known.HasFlag(KeywordGroups.Validation) && Number(rules[keyword]) is { } most && count > most)
        {
            Fault($"must have at most {Text(most)} {what}, but has {count}");
        }
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static double? Number(JsonNode? node) =>
        node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number ? null
        : value.TryGetValue<double>(out var number)
            || double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number : null;

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
