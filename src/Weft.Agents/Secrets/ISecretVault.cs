using Weft.Language;

namespace Weft.Agents.Secrets;

/// <summary>Keeps secrets sealed: Key Vault on Azure, a sealed table on one machine.</summary>
/// <remarks>
/// Names are 1 to 127 characters of letters, digits, <c>_</c>, <c>-</c>, <c>.</c> and <c>/</c>, compared by case. No member puts a value
/// into an error or a log.
/// </remarks>
public interface ISecretVault
{
    /// <summary>The value of a secret; null when there is none.</summary>
    /// <exception cref="WeftException">Code <c>secret_unreadable</c>: it is there, and cannot be opened.</exception>
    Task<string?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores a secret, in the place of an earlier one.</summary>
    /// <exception cref="WeftException">Code <c>invalid_secret</c>: the name or the size (over 25,000 characters) will not do.</exception>
    Task SetAsync(string name, string value, CancellationToken cancellationToken);

    /// <summary>Removes a secret.</summary>
    /// <returns>False: there was none.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names that are stored, in ordinal order. Never the values.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
