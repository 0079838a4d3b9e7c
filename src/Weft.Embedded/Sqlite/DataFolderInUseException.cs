using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>Another process owns the data folder.</summary>
/// <param name="folder">The folder's whole path.</param>
/// <param name="owner">Who owns it, as a message names it.</param>
/// <param name="innerException">The lock that could not be taken.</param>
public sealed class DataFolderInUseException(string folder, string owner, Exception innerException)
    : WeftException(
        "data_folder_in_use",
        Fault.NotSetUp,
        $"The data folder '{folder}' is in use by {owner}. One process owns a folder: stop that one, or give this one "
        + $"another folder.",
        innerException);
