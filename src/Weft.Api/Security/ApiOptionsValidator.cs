using Microsoft.Extensions.Options;

namespace Weft.Api.Security;

/// <summary>Refuses keys that could never match, or that would be kept in clear.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            if (!ApiKeyHash.IsHash(key.Hash))
            {
                faults.Add($"{ApiOptions.Section}:Keys:{i}:Hash is not 'sha256:' and 64 hexadecimal digits. Keep the hash of the key "
                    + $"there, never the key: printf %s \"$KEY\" | sha256sum.");
            }

            faults.AddRange(key.Scopes.Where(s => !Scopes.All.Contains(s, StringComparer.Ordinal))
                .Select(s => $"{ApiOptions.Section}:Keys:{i}:Scopes names '{s}'. Known: {string.Join(", ", Scopes.All)}."));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
