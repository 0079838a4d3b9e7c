using Microsoft.Extensions.Options;
using Weft.Agents.Models.Catalog;
using Weft.Language;

namespace Weft.Agents.Models;

/// <summary>Refuses options that no call could keep.</summary>
internal sealed class ModelsOptionsValidator : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        if (options.CatalogFile is not { Length: > 0 } file)
        {
            return ValidateOptionsResult.Success;
        }

        try
        {
            _ = ModelCatalog.BuiltIn.WithFile(File.ReadAllText(file), file);
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail(
                $"{ModelsOptions.Section}:{nameof(ModelsOptions.CatalogFile)} names '{file}', which cannot be read: {exception.Message}");
        }
        catch (WeftException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
