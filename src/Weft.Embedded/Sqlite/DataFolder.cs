using System.Globalization;
using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>The folder that holds everything durable, owned by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockFile = "weft.lock";
    private const string OwnerFile = "weft.owner";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string DatabaseFile => System.IO.Path.Combine(Path, "weft.db");

    /// <summary>Takes the folder, and makes it when there is none.</summary>
    /// <exception cref="DataFolderInUseException">Another process owns it.</exception>
    /// <exception cref="WeftException"><c>data_folder_unusable</c>: it can't be written.</exception>
    public static DataFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var lockFile = System.IO.Path.Combine(full, LockFile);
        FileStream held;
        try
        {
            MakePrivate(full);
            held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(lockFile))
        {
            throw new DataFolderInUseException(full, OwnerOf(full), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WeftException(
                "data_folder_unusable",
                Fault.NotSetUp,
                $"The data folder '{full}' can't be used: {exception.Message} Give a folder that this user can write.",
                exception);
        }

        // The owner's id lies beside the lock: where locks are mandatory, nobody else can read the locked file itself.
        File.WriteAllText(System.IO.Path.Combine(full, OwnerFile), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DataFolder(full, held);
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Histories hold what users wrote: a new folder is its owner's alone. One that exists keeps its rights.</summary>
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string OwnerOf(string folder)
    {
        try
        {
            return $"process {File.ReadAllText(System.IO.Path.Combine(folder, OwnerFile)).Trim()}";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
