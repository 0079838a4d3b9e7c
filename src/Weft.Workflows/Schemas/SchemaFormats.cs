using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Weft.Workflows.Schemas;

/// <summary>The formats of JSON Schema that are checked; others hold always.</summary>
internal static partial class SchemaFormats
{
    public static bool Holds(string format, string value) => format switch
    {
        "date-time" => DateTimeForm().IsMatch(value)
            && DateTimeOffset.TryParse(value.Replace(":60", ":59"), CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeForm().IsMatch(value),
        "duration" => value.Length > 1 && value[^1] != 'T' && DurationForm().IsMatch(value),
        "email" or "idn-email" => EmailForm().IsMatch(value),
        "hostname" => value.Length <= 253 && HostForm().IsMatch(value),
        "ipv4" => value.Count(c => c == '.') == 3 && IPAddress.TryParse(value, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork,
        "ipv6" => value.Contains(':') && IPAddress.TryParse(value, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6,
        "uri" or "iri" or "url" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && value.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase),
        "uri-reference" or "iri-reference" => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
        "uuid" => Guid.TryParseExact(value, "D", out _),
        "json-pointer" => value.Length == 0 || value[0] == '/',
        _ => true,
    };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$", RegexOptions.NonBacktracking)]
    private static partial Regex DateTimeForm();

    [GeneratedRegex(@"^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)?$", RegexOptions.NonBacktracking)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^P(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$", RegexOptions.NonBacktracking)]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$", RegexOptions.NonBacktracking)]
    private static partial Regex HostForm();
}
