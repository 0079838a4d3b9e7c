using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Cli.Commands;

/// <summary>An option's value that is a JSON object in place, or <c>@file</c> with one in it (<c>@-</c>: standard input).</summary>
internal static class JsonArgument
{
    public static async Task<JsonObject> ReadAsync(string? value, string option, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return [];
        }

        var text = value;
        if (value is "@-")
        {
            text = await Console.In.ReadToEndAsync(cancellationToken);
        }
        else if (value.StartsWith('@'))
        {
            var path = value[1..];
            if (!File.Exists(path))
            {
                throw new UsageException($"{option} names the file '{path}', which does not exist.");
            }

            text = await File.ReadAllTextAsync(path, cancellationToken);
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new UsageException($"{option} must be a JSON object such as {{\"customer_message\": \"…\"}}.");
        }
        catch (JsonException broken)
        {
            throw new UsageException(
                $"{option} is no JSON: {broken.Message} Write an object in quotes, or @file to read one from a file.");
        }
    }
}
